import { formatFen } from "@/lib/format/money";
import type { Locale } from "@/lib/i18n/locale";
import { yuanMessages } from "@/lib/i18n/yuan";
import type { YuanFacts } from "@/lib/yuan/views";

/** What each account has been given and has given away for this order, and what is left on it. */
export function StaffLedger({
  entries,
  locale,
}: {
  entries: YuanFacts["entries"];
  locale: Locale;
}) {
  const { ledger, names } = yuanMessages(locale).staff;
  const accountName = (account: string) =>
    (names.account as Record<string, string>)[account] ?? account;
  const entryName = (kind: string) => (names.entryKind as Record<string, string>)[kind] ?? kind;
  return (
    <section className="rounded-card bg-card p-5 shadow-lift">
      <h2 className="font-semibold">{ledger.title}</h2>
      {entries.length === 0 ? (
        <p className="mt-2 text-small text-soft">{ledger.empty}</p>
      ) : (
        <table className="mt-3 w-full text-left text-small">
          <thead className="text-fine text-soft">
            <tr>
              <th scope="col" className="py-1 font-normal">
                {ledger.account}
              </th>
              <th scope="col" className="py-1 pl-3 text-right font-normal">
                {ledger.debit}
              </th>
              <th scope="col" className="py-1 pl-3 text-right font-normal">
                {ledger.credit}
              </th>
            </tr>
          </thead>
          {entries.map(({ id, kind, postings }) => (
            <tbody key={id}>
              <tr className="border-t border-line">
                <th
                  scope="rowgroup"
                  colSpan={3}
                  className="pt-2 text-left text-fine font-normal text-soft"
                >
                  {entryName(kind)}
                </th>
              </tr>
              {postings.map(({ account, amountFen }) => (
                <Line key={account} label={accountName(account)} amountFen={amountFen} />
              ))}
            </tbody>
          ))}
          <tbody className="font-medium">
            <tr className="border-t-2 border-edge">
              <th
                scope="rowgroup"
                colSpan={3}
                className="pt-2 text-left text-fine font-normal text-soft"
              >
                {ledger.balance}
              </th>
            </tr>
            {[...balances(entries)].map(([account, amountFen]) => (
              <Line key={account} label={accountName(account)} amountFen={amountFen} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Line({ label, amountFen }: { label: string; amountFen: number }) {
  const sum = (fen: number) => (fen > 0 ? formatFen(fen) : "");
  return (
    <tr>
      <td className="py-1">{label}</td>
      <td className="py-1 pl-3 text-right figure-numbers">
        {amountFen === 0 ? formatFen(0) : sum(amountFen)}
      </td>
      <td className="py-1 pl-3 text-right figure-numbers">{sum(-amountFen)}</td>
    </tr>
  );
}

function balances(entries: YuanFacts["entries"]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { account, amountFen } of entries.flatMap(({ postings }) => postings)) {
    sums.set(account, (sums.get(account) ?? 0) + amountFen);
  }
  return sums;
}
