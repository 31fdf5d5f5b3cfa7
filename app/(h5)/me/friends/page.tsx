/** `/me/friends`: people with whom one has exchanged a unit, each by his own choice; for one's own eyes. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findViewer, readLocale } from "@/app/viewer";
import { FriendRow } from "@/components/friends/friend-row";
import { RefreshOnReturn } from "@/components/share/refresh-on-return";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EndBar, Page, PageHeader, Section } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import type { Friend } from "@/lib/friends/contract";
import { listFriends } from "@/lib/friends/queries";
import { commonMessages } from "@/lib/i18n/common";
import { friendsMessages } from "@/lib/i18n/friends";
import type { Locale } from "@/lib/i18n/locale";

export async function generateMetadata(): Promise<Metadata> {
  return { title: friendsMessages(await readLocale()).pageTitle, robots: { index: false } };
}

export default async function FriendsRoute() {
  const [viewer, locale] = await Promise.all([findViewer(), readLocale()]);
  if (!viewer) redirect("/api/auth/wechat?next=%2Fme%2Ffriends");
  const { helpBack, asking, helped } = await listFriends(getDeps(), viewer);
  const words = friendsMessages(locale);
  const isQuiet = helpBack.length + asking.length === 0;
  const common = commonMessages(locale);
  return (
    <Page>
      <RefreshOnReturn />
      <PageHeader title={common.brand} titleHref="/" action={{ label: common.me, href: "/me" }} />
      <h1 className="mt-4 text-title font-semibold">{words.heading}</h1>
      <p className="mt-1 text-pretty text-soft">{words.lead}</p>
      {isQuiet && <Quiet hasHelped={helped.length > 0} locale={locale} />}
      <Group
        title={words.helpBack.title}
        friends={helpBack}
        line={words.helpBack.line}
        locale={locale}
      />
      <Group title={words.asking.title} friends={asking} line={words.asking.line} locale={locale} />
      {!isQuiet && <p className="mt-4 text-center text-small text-soft">{words.freely}</p>}
      <Group
        title={words.helped.title}
        friends={helped}
        line={words.helped.line}
        isAsking={false}
        locale={locale}
      />
      <EndBar>
        <p className="text-center text-small text-balance text-soft">
          {words.ask.lead}
          <br />
          <a
            href="/me/settings"
            className="inline-flex min-h-11 items-center underline underline-offset-4"
          >
            {words.ask.settings}
          </a>
        </p>
      </EndBar>
    </Page>
  );
}

function Quiet({ hasHelped, locale }: { hasHelped: boolean; locale: Locale }) {
  const words = friendsMessages(locale);
  return (
    <Card className="mt-6">
      {hasHelped ? (
        <p className="text-pretty">{words.quiet}</p>
      ) : (
        <>
          <p className="text-lead font-semibold">{words.empty.title}</p>
          <p className="mt-2 text-pretty text-soft">{words.empty.body}</p>
          <LinkButton variant="text" href="/c" className="mt-3">
            {words.empty.code}
          </LinkButton>
        </>
      )}
    </Card>
  );
}

function Group({
  title,
  friends,
  line,
  isAsking = true,
  locale,
}: {
  title: string;
  friends: readonly Friend[];
  line: string;
  isAsking?: boolean;
  locale: Locale;
}) {
  if (friends.length === 0) return null;
  return (
    <Section title={title} className="mt-7">
      <ul className="space-y-3">
        {friends.map((friend) => (
          <li key={friend.code}>
            <FriendRow friend={friend} line={line} isAsking={isAsking} locale={locale} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
