import { DOCUMENT_KINDS, type DocumentKind } from "@/lib/plans/contract";

/** The documents as a list of links with a target a thumb can hit. */
export function DocumentLinks({
  documents,
  titles,
}: {
  documents: readonly { kind: DocumentKind; version: string; url: string }[];
  titles: Readonly<Record<DocumentKind, string>>;
}) {
  const inReadingOrder = [...documents].sort(
    (one, other) => DOCUMENT_KINDS.indexOf(one.kind) - DOCUMENT_KINDS.indexOf(other.kind),
  );
  return (
    <ul className="divide-y divide-line rounded-card bg-card px-4 shadow-lift">
      {inReadingOrder.map((document) => (
        <li key={document.kind}>
          <a
            href={document.url}
            className="flex min-h-14 items-center justify-between gap-4 py-3 font-medium"
          >
            {titles[document.kind]}
            <span className="text-fine font-normal text-soft figure-numbers">
              {document.version} <span aria-hidden="true">›</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
