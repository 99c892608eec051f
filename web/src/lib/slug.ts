// Ids and names of files from words.

/** Letters that are no letter with a mark. */
const PLAIN: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th" };

/** An id from words: lower-case letters, digits and hyphens; a letter with a mark is that letter. Cut after a whole word. */
export function slug(words: string, most = 48): string {
  const plain = words
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLocaleLowerCase("en")
    .replace(/[^a-z0-9]/g, (letter) => PLAIN[letter] ?? "-")
    .replace(/-+/g, "-")
    .replace(/^-|-$/g, "");
  return plain.length <= most ? plain : plain.slice(0, most).replace(/-[^-]*$/, "");
}
