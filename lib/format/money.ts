/** Amounts as people read them in China: `¥37,000`, never a decimal that is zero. Pure. */

function groupThousands(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Whole yuan of cover: 37000 → `¥37,000`. */
export function formatYuan(yuan: number): string {
  return `${yuan < 0 ? "−" : ""}¥${groupThousands(Math.abs(Math.trunc(yuan)))}`;
}

/** Integer fen of money: 100 → `¥1`, 150 → `¥1.50`, 5 → `¥0.05`. */
export function formatFen(fen: number): string {
  const absoluteFen = Math.abs(Math.trunc(fen));
  const cents = absoluteFen % 100;
  const yuan = groupThousands((absoluteFen - cents) / 100);
  const decimals = cents === 0 ? "" : `.${String(cents).padStart(2, "0")}`;
  return `${fen < 0 ? "−" : ""}¥${yuan}${decimals}`;
}
