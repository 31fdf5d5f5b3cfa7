/** `/me/settings`: who sees what of me, reminders, large print, language; each by one switch. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findViewer, readIsElder, readLocale } from "@/app/viewer";
import { LogOut } from "@/components/me/log-out";
import { SHOWN_CHOICES } from "@/components/settings/choices";
import { ConsentHistory } from "@/components/settings/consent-history";
import { ElderSwitch } from "@/components/settings/elder-switch";
import { LanguageRow } from "@/components/settings/language-row";
import { NicknameRow } from "@/components/settings/nickname-row";
import { ProfileSwitches } from "@/components/settings/profile-switches";
import { Card } from "@/components/ui/card";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { commonMessages } from "@/lib/i18n/common";
import { meMessages } from "@/lib/i18n/me";
import { settingsMessages } from "@/lib/i18n/settings";
import { findUser } from "@/lib/identity/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { findProfile, listConsents } from "@/lib/profile/queries";

const PATH = "/me/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: settingsMessages(await readLocale()).title, robots: { index: false } };
}

export default async function SettingsRoute() {
  const [viewer, locale, isElder] = await Promise.all([findViewer(), readLocale(), readIsElder()]);
  if (!viewer) redirect(`/api/auth/wechat?next=${encodeURIComponent(PATH)}`);
  const deps = getDeps();
  const [profile, consents, user] = await Promise.all([
    findProfile(deps, viewer),
    listConsents(deps, viewer),
    findUser(deps, viewer.userId),
  ]);
  const words = settingsMessages(locale);
  const { saved, failed, regionUnknown, choices, display } = words;
  const switchWords = { saved, failed, regionUnknown, choices };
  return (
    <Page>
      <PageHeader
        title={commonMessages(locale).brand}
        titleHref="/"
        action={{ label: commonMessages(locale).me, href: "/me" }}
      />
      <h1 className="mt-4 text-title font-semibold">{words.title}</h1>
      <p className="mt-1 text-pretty text-soft">{words.lead}</p>
      <Section title={words.shown.heading} className="mt-7">
        <p className="-mt-2 mb-3 text-small text-pretty text-soft">{words.shown.lead}</p>
        <Card className="divide-y divide-line py-1!">
          <NicknameRow nickname={user?.nickname ?? null} nextPath={PATH} words={words.nickname} />
          <ProfileSwitches initial={profile} choices={SHOWN_CHOICES} words={switchWords} />
        </Card>
      </Section>
      <Section id="reminders" title={words.reminders.heading}>
        <Card className="py-1!">
          <ProfileSwitches initial={profile} choices={["wantsReminders"]} words={switchWords} />
        </Card>
      </Section>
      <Section title={display.heading}>
        <Card className="divide-y divide-line py-1!">
          <ElderSwitch
            isElder={isElder}
            nextPath={PATH}
            label={display.elder}
            note={display.elderNote}
          />
          <LanguageRow nextPath={PATH} words={display} locale={locale} />
        </Card>
      </Section>
      <Section>
        <ConsentHistory consents={consents} today={shanghaiDateOf(deps.now())} locale={locale} />
      </Section>
      <div className="safe-bottom mt-6">
        <LogOut label={meMessages(locale).logout} />
      </div>
    </Page>
  );
}
