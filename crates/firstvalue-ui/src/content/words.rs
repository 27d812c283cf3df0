//! The few words that are ours, by language. Everything else is the author's.

/// The words in one language.
#[derive(Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after the English word")]
pub struct Words {
    /// The language tag.
    pub language: &'static str,
    pub next: &'static str,
    pub back: &'static str,
    pub done: &'static str,
    pub got_it: &'static str,
    pub close: &'static str,
    /// What stands between the numbers of "2 of 4".
    pub of: &'static str,
    /// Of a step whose target must not be used.
    pub blocked: &'static str,
    /// Of a step whose target must be used.
    pub required: &'static str,
}

static WORDS: [Words; 7] = [
    Words {
        language: "en",
        next: "Next",
        back: "Back",
        done: "Done",
        got_it: "Got it",
        close: "Close",
        of: "of",
        blocked: "This cannot be used yet.",
        required: "Use the marked element to go on.",
    },
    Words {
        language: "de",
        next: "Weiter",
        back: "Zurück",
        done: "Fertig",
        got_it: "Verstanden",
        close: "Schließen",
        of: "von",
        blocked: "Das lässt sich noch nicht verwenden.",
        required: "Verwenden Sie das markierte Element, um fortzufahren.",
    },
    Words {
        language: "fr",
        next: "Suivant",
        back: "Retour",
        done: "Terminer",
        got_it: "Compris",
        close: "Fermer",
        of: "sur",
        blocked: "Cet élément n’est pas encore utilisable.",
        required: "Utilisez l’élément indiqué pour continuer.",
    },
    Words {
        language: "es",
        next: "Siguiente",
        back: "Atrás",
        done: "Listo",
        got_it: "Entendido",
        close: "Cerrar",
        of: "de",
        blocked: "Esto todavía no se puede usar.",
        required: "Usa el elemento marcado para continuar.",
    },
    Words {
        language: "pt",
        next: "Seguinte",
        back: "Voltar",
        done: "Concluir",
        got_it: "Entendi",
        close: "Fechar",
        of: "de",
        blocked: "Isto ainda não pode ser usado.",
        required: "Use o elemento marcado para continuar.",
    },
    Words {
        language: "ja",
        next: "次へ",
        back: "戻る",
        done: "完了",
        got_it: "OK",
        close: "閉じる",
        of: "/",
        blocked: "まだ使用できません。",
        required: "続けるには、示された要素を使用してください。",
    },
    Words {
        language: "ar",
        next: "التالي",
        back: "السابق",
        done: "تم",
        got_it: "حسنًا",
        close: "إغلاق",
        of: "من",
        blocked: "لا يمكن استخدام هذا بعد.",
        required: "استخدم العنصر المحدد للمتابعة.",
    },
];

impl Words {
    /// The words for a locale (`pt-BR`); English where there are none.
    pub fn in_locale(locale: &str) -> &'static Self {
        let language = locale.split('-').next().unwrap_or_default();
        let [english, rest @ ..] = &WORDS;
        rest.iter()
            .find(|words| words.language.eq_ignore_ascii_case(language))
            .unwrap_or(english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_to_english() {
        assert_eq!(Words::in_locale("de-AT").next, "Weiter");
        assert_eq!(Words::in_locale("AR").next, "التالي");
        assert_eq!(Words::in_locale("tlh").next, "Next");
        assert_eq!(Words::in_locale("").next, "Next");
    }
}
