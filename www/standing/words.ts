// The few words that are ours, by language. Everything else is the author's.

/** The words in one language. */
export interface Words {
  close: string;
  back: string;
  search: string;
  /** Of something that was not read yet. */
  new: string;
  /** So many things that were not read yet. */
  unread(count: number): string;
  /** So many things that were found. */
  found(count: number): string;
  nothing: string;
  /** There is nothing new. */
  empty: string;
  /** Of a link that leads out of the product. */
  leaves: string;
}

const WORDS: { [language: string]: Words } = {
  en: {
    close: "Close",
    back: "Back",
    search: "Search",
    new: "New",
    unread: (count) => `${count} new`,
    found: (count) => (count === 1 ? "1 result" : `${count} results`),
    nothing: "Nothing found. Try other words.",
    empty: "Nothing new yet.",
    leaves: "opens in a new tab",
  },
  de: {
    close: "Schließen",
    back: "Zurück",
    search: "Suchen",
    new: "Neu",
    unread: (count) => `${count} neu`,
    found: (count) => (count === 1 ? "1 Treffer" : `${count} Treffer`),
    nothing: "Nichts gefunden. Versuchen Sie andere Wörter.",
    empty: "Noch nichts Neues.",
    leaves: "öffnet einen neuen Tab",
  },
  fr: {
    close: "Fermer",
    back: "Retour",
    search: "Rechercher",
    new: "Nouveau",
    unread: (count) => (count === 1 ? "1 nouveauté" : `${count} nouveautés`),
    found: (count) => (count === 1 ? "1 résultat" : `${count} résultats`),
    nothing: "Aucun résultat. Essayez d’autres mots.",
    empty: "Rien de nouveau pour l’instant.",
    leaves: "s’ouvre dans un nouvel onglet",
  },
  es: {
    close: "Cerrar",
    back: "Atrás",
    search: "Buscar",
    new: "Nuevo",
    unread: (count) => (count === 1 ? "1 novedad" : `${count} novedades`),
    found: (count) => (count === 1 ? "1 resultado" : `${count} resultados`),
    nothing: "No se ha encontrado nada. Pruebe con otras palabras.",
    empty: "Aún no hay novedades.",
    leaves: "se abre en otra pestaña",
  },
  pt: {
    close: "Fechar",
    back: "Voltar",
    search: "Pesquisar",
    new: "Novo",
    unread: (count) => (count === 1 ? "1 novidade" : `${count} novidades`),
    found: (count) => (count === 1 ? "1 resultado" : `${count} resultados`),
    nothing: "Nada encontrado. Tente outras palavras.",
    empty: "Ainda não há novidades.",
    leaves: "abre em outra aba",
  },
  ja: {
    close: "閉じる",
    back: "戻る",
    search: "検索",
    new: "新着",
    unread: (count) => `新着${count}件`,
    found: (count) => `${count}件`,
    nothing: "見つかりませんでした。別の言葉をお試しください。",
    empty: "新着はありません。",
    leaves: "新しいタブで開きます",
  },
  ar: {
    close: "إغلاق",
    back: "رجوع",
    search: "بحث",
    new: "جديد",
    unread: (count) => `الجديد: ${count}`,
    found: (count) => `عدد النتائج: ${count}`,
    nothing: "لم يُعثر على شيء. جرّب كلمات أخرى.",
    empty: "لا جديد بعد.",
    leaves: "يُفتح في علامة تبويب جديدة",
  },
};

/** The words for a locale; English where there are none. */
export const wordsIn = (locale: string): Words => {
  const language = locale.split("-")[0]!.toLowerCase();
  return Object.hasOwn(WORDS, language) ? WORDS[language]! : WORDS.en!;
};
