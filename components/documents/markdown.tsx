import type { ReactNode } from "react";
import { type Block, type Inline, parseMarkdown } from "./parse-markdown";

/**
 * A document as React elements, rendered on the server. `rootLevel` is the heading level of the
 * document's own title, so that it nests under the page's single level 1.
 */
export function Markdown({ source, rootLevel = 1 }: { source: string; rootLevel?: 1 | 2 }) {
  return (
    <div className="text-body [&>:first-child]:mt-0">
      {parseMarkdown(source).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document's blocks never reorder.
        <BlockView key={index} block={block} rootLevel={rootLevel} />
      ))}
    </div>
  );
}

const HEADING_CLASSES = [
  "mt-8 text-title font-semibold",
  "mt-9 text-lead font-semibold",
  "mt-6 font-semibold",
] as const;

function BlockView({ block, rootLevel }: { block: Block; rootLevel: 1 | 2 }) {
  switch (block.kind) {
    case "heading": {
      const Tag = `h${block.level + rootLevel - 1}` as "h1" | "h2" | "h3" | "h4";
      return (
        <Tag className={HEADING_CLASSES[block.level - 1]}>
          <Inlines content={block.content} />
        </Tag>
      );
    }
    case "paragraph":
      return (
        <p className="mt-3">
          <Inlines content={block.content} />
        </p>
      );
    case "list":
      return <ListView block={block} />;
    case "table":
      return <TableView block={block} />;
  }
}

function ListView({ block }: { block: Extract<Block, { kind: "list" }> }) {
  const Tag = block.isOrdered ? "ol" : "ul";
  return (
    <Tag
      className={`mt-3 space-y-2 pl-6 marker:text-soft ${block.isOrdered ? "list-decimal" : "list-disc"}`}
    >
      {block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document's items never reorder.
        <li key={index} className="pl-1">
          <Inlines content={item} />
        </li>
      ))}
    </Tag>
  );
}

function TableView({ block }: { block: Extract<Block, { kind: "table" }> }) {
  return (
    // Wide tables scroll inside themselves; the page never scrolls sideways.
    <div className="mt-4 overflow-x-auto rounded-control border border-line bg-card">
      <table className="w-full border-collapse text-left text-small">
        <thead>
          <tr>{block.head.map((cell, index) => renderCell("th", cell, index))}</tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a document's rows never reorder.
            <tr key={index} className="border-t border-line">
              {row.map((cell, place) => renderCell("td", cell, place))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function renderCell(Tag: "th" | "td", content: Inline[], place: number): ReactNode {
  return (
    <Tag
      key={place}
      scope={Tag === "th" ? "col" : undefined}
      className={`min-w-20 px-3 py-2.5 align-top ${Tag === "th" ? "bg-sunk font-medium text-soft" : ""}`}
    >
      <Inlines content={content} />
    </Tag>
  );
}

function Inlines({ content }: { content: Inline[] }) {
  return content.map((part, index) =>
    part.isBold ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence's parts never reorder.
      <strong key={index} className="font-semibold">
        {part.text}
      </strong>
    ) : (
      part.text
    ),
  );
}
