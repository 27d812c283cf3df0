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
  /** Numbers are on their way. */
  loading: string;
  /** Nothing was achieved. */
  none: string;
  /** There are no numbers to be had. */
  unavailable: string;
  /** A month that is not over. */
  soFar(month: string): string;
  /** What something is worth. */
  worth(amount: string): string;
  /** Beside the month before. */
  more(amount: string, month: string): string;
  less(amount: string, month: string): string;
  same(month: string): string;
  /** In all months that are told. */
  inAll(amount: string): string;
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
    loading: "Adding it up…",
    none: "Nothing yet. What you achieve is shown here.",
    unavailable: "These numbers cannot be shown right now. Please try again later.",
    soFar: (month) => `${month} so far`,
    worth: (amount) => `worth ${amount}`,
    more: (amount, month) => `${amount} more than in ${month}`,
    less: (amount, month) => `${amount} less than in ${month}`,
    same: (month) => `As much as in ${month}`,
    inAll: (amount) => `${amount} in 12 months`,
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
    loading: "Wird zusammengezählt …",
    none: "Noch nichts. Was Sie erreichen, steht hier.",
    unavailable: "Diese Zahlen können gerade nicht gezeigt werden. Bitte versuchen Sie es später noch einmal.",
    soFar: (month) => `${month} bis heute`,
    worth: (amount) => `Wert: ${amount}`,
    more: (amount, month) => `${amount} mehr als im ${month}`,
    less: (amount, month) => `${amount} weniger als im ${month}`,
    same: (month) => `So viel wie im ${month}`,
    inAll: (amount) => `${amount} in 12 Monaten`,
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
    loading: "Calcul en cours…",
    none: "Rien pour l’instant. Vos résultats s’afficheront ici.",
    unavailable: "Ces chiffres ne peuvent pas être affichés pour le moment. Veuillez réessayer plus tard.",
    soFar: (month) => `${month}, à ce jour`,
    worth: (amount) => `soit ${amount}`,
    more: (amount, month) => `${amount} de plus qu’en ${month}`,
    less: (amount, month) => `${amount} de moins qu’en ${month}`,
    same: (month) => `Autant qu’en ${month}`,
    inAll: (amount) => `${amount} en 12 mois`,
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
    loading: "Calculando…",
    none: "Todavía nada. Sus resultados aparecerán aquí.",
    unavailable: "Estas cifras no pueden mostrarse ahora. Inténtelo más tarde.",
    soFar: (month) => `${month} hasta hoy`,
    worth: (amount) => `por valor de ${amount}`,
    more: (amount, month) => `${amount} más que en ${month}`,
    less: (amount, month) => `${amount} menos que en ${month}`,
    same: (month) => `Lo mismo que en ${month}`,
    inAll: (amount) => `${amount} en 12 meses`,
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
    loading: "Calculando…",
    none: "Ainda nada. Seus resultados aparecerão aqui.",
    unavailable: "Estes números não podem ser mostrados agora. Tente novamente mais tarde.",
    soFar: (month) => `${month} até hoje`,
    worth: (amount) => `no valor de ${amount}`,
    more: (amount, month) => `${amount} a mais que em ${month}`,
    less: (amount, month) => `${amount} a menos que em ${month}`,
    same: (month) => `O mesmo que em ${month}`,
    inAll: (amount) => `${amount} em 12 meses`,
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
    loading: "集計しています…",
    none: "まだありません。成果はここに表示されます。",
    unavailable: "現在この数値を表示できません。後でもう一度お試しください。",
    soFar: (month) => `${month}（今日まで）`,
    worth: (amount) => `${amount}相当`,
    more: (amount, month) => `${month}より${amount}多い`,
    less: (amount, month) => `${month}より${amount}少ない`,
    same: (month) => `${month}と同じ`,
    inAll: (amount) => `12か月で${amount}`,
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
    loading: "جارٍ الحساب…",
    none: "لا شيء بعد. ستظهر نتائجكم هنا.",
    unavailable: "لا يمكن عرض هذه الأرقام الآن. يُرجى المحاولة لاحقًا.",
    soFar: (month) => `${month} حتى اليوم`,
    worth: (amount) => `بقيمة ${amount}`,
    more: (amount, month) => `أكثر من ${month} بمقدار ${amount}`,
    less: (amount, month) => `أقل من ${month} بمقدار ${amount}`,
    same: (month) => `كما في ${month}`,
    inAll: (amount) => `${amount} خلال 12 شهرًا`,
  },
};

/** The words for a locale; English where there are none. */
export const wordsIn = (locale: string): Words => {
  const language = locale.split("-")[0]!.toLowerCase();
  return Object.hasOwn(WORDS, language) ? WORDS[language]! : WORDS.en!;
};
