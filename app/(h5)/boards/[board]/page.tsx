/** `/boards/[board]`: places among all policies, names of those who want to be listed (R43). */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { findViewer, isWechatBrowser, readLocale } from "@/app/viewer";
import { BoardTabs } from "@/components/boards/board-tabs";
import { Invitation } from "@/components/boards/invitation";
import { LiveBoard } from "@/components/boards/live-board";
import { LinkButton } from "@/components/ui/button";
import { Page, PageHeader } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { cellsFromCounts, countCells } from "@/lib/format/cells";
import { boardsMessages } from "@/lib/i18n/boards";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import {
  BOARD_ROWS_MAX,
  BOARDS,
  type Board,
  type BoardId,
  boardIdSchema,
  boardQuerySchema,
} from "@/lib/leaderboard/contract";
import { findBoard } from "@/lib/leaderboard/queries";
import { listMyPolicies } from "@/lib/policies/queries";

interface Props {
  params: Promise<{ board: string }>;
  searchParams: Promise<{ after?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: boardsMessages(await readLocale()).title, robots: { index: false } };
}

export default async function BoardRoute({ params, searchParams }: Props) {
  const [viewer, locale] = await Promise.all([findViewer(), readLocale()]);
  const id = boardIdSchema.safeParse((await params).board);
  const query = boardQuerySchema.safeParse(await searchParams);
  if (!id.success || !query.success) notFound();
  const userId = viewer?.userId ?? null;
  const { after } = query.data;
  const [board, cells] = await Promise.all([
    loadBoard({ board: id.data, userId, after }),
    loadOwnCells(userId),
  ]);
  const words = boardsMessages(locale);
  const path = `/boards/${board.board}`;
  return (
    <Page
      header={
        <PageHeader
          title={commonMessages(locale).brand}
          titleHref="/"
          action={{ label: commonMessages(locale).me, href: "/me" }}
        />
      }
      footer={<SiteFooter locale={locale} nextPath={path} />}
    >
      <h1 className="mt-4 text-title font-semibold">{words.title}</h1>
      <p className="mt-1 text-pretty text-soft">{words.lead[board.board]}</p>
      <BoardTabs boards={BOARDS} current={board.board} words={words.tabs} />
      <div className="mt-5">
        <LiveBoard
          key={path + (after ?? "")}
          initial={board}
          address={`/api/leaderboards/${board.board}${after ? `?after=${encodeURIComponent(after)}` : ""}`}
          cells={cells}
          cellsLabel={commonMessages(locale).cells.alternative(countCells(cells))}
          words={wordsOf(board.board, locale)}
          isOpen={isOpenTo(board)}
          invitation={
            <Invitation board={board} signInHref={await signInHref(path)} words={words.states} />
          }
        />
      </div>
      <div className="mt-5 flex flex-col gap-3">
        {board.next && (
          <LinkButton variant="quiet" href={`${path}?after=${encodeURIComponent(board.next)}`}>
            {words.more(BOARD_ROWS_MAX)}
          </LinkButton>
        )}
        {after && (
          <LinkButton variant="text" href={path}>
            {words.first}
          </LinkButton>
        )}
      </div>
    </Page>
  );
}

/** A link to a page that was cut off leads to what is not there. */
async function loadBoard(of: {
  board: BoardId;
  userId: string | null;
  after: string | undefined;
}): Promise<Board> {
  try {
    return await findBoard(getDeps(), of);
  } catch (error) {
    if (error instanceof DomainError && error.code === "invalid_input") notFound();
    throw error;
  }
}

async function loadOwnCells(userId: string | null) {
  if (userId === null) return [];
  const policies = await listMyPolicies(getDeps(), { userId });
  const policy = policies.find(({ status }) => status === "active");
  if (!policy) return [];
  const { unitsMax: total, units: lit, maturedUnits: matured } = policy;
  return cellsFromCounts({ total, lit, matured });
}

/** Friends and provinces are for those who take part themselves. */
function isOpenTo({ board, viewer }: Board): boolean {
  if (board === "friends") return viewer?.isListed ?? false;
  return board !== "region" || (viewer?.hasRegion ?? false);
}

/** Islands get finished words: those of this board only. */
function wordsOf(board: BoardId, locale: Locale) {
  const { own, rows, notes, empty } = boardsMessages(locale);
  const isJoined = board === "friends" || board === "region";
  const units = board === "today" || board === "week" ? own[board] : own.units;
  return {
    own: { ...own, units },
    rows,
    notes: { ...notes, total: isJoined ? notes.joined : notes.total },
    empty: empty[board],
  };
}

async function signInHref(path: string): Promise<string> {
  const start = (await isWechatBrowser()) ? "/api/auth/wechat" : "/open-in-wechat";
  return `${start}?next=${encodeURIComponent(path)}`;
}
