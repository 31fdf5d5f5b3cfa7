/** What the certificate says; `lib/pictures` draws it. */
import type { Deps } from "@/lib/deps";
import { formatFullDay } from "@/lib/format/dates";
import { appraisalMessages } from "@/lib/i18n/appraisal";
import type { Locale } from "@/lib/i18n/locale";
import type { CertificatePicture } from "@/lib/pictures/views";
import { addDays, type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import type { PublicAppraisal } from "./contract";
import { findSharedAppraisal, getMyAppraisal } from "./queries";

type Reads = Pick<Deps, "db" | "now" | "config">;

// His newest policy that was paid: where others may look, and what friends call him.
const BEARER = {
  name: "bearer_of_certificate",
  text: `SELECT w.nickname, p.code, p.asker_name AS "askerName" FROM users w LEFT JOIN LATERAL (
      SELECT code, asker_name FROM policies WHERE user_id = w.id AND issued_at IS NOT NULL
      ORDER BY issued_at DESC LIMIT 1) p ON true
    WHERE w.id = $1`,
};

/** The person's own certificate, as of now; also for somebody without a policy. */
export async function getMyCertificate(
  deps: Reads,
  { userId, locale }: { userId: string; locale: Locale },
): Promise<CertificatePicture> {
  const [appraisal, [bearer]] = await Promise.all([
    getMyAppraisal(deps, { userId }),
    deps.db.query<{ nickname: string | null; code: string | null; askerName: string | null }>(
      BEARER,
      [userId],
    ),
  ]);
  return writeCertificate(deps, {
    ...appraisal,
    name: bearer?.nickname || bearer?.askerName || null,
    code: appraisal.isVisible ? (bearer?.code ?? null) : null,
    day: shanghaiDateOf(deps.now()),
    locale,
  });
}

/** The insured's, as whoever has the link may see it; null like `findSharedAppraisal`. */
export async function findSharedCertificate(
  deps: Reads,
  { code, userId, locale }: { code: string; userId: string | null; locale: Locale },
): Promise<CertificatePicture | null> {
  const shared = await findSharedAppraisal(deps, { code, userId });
  if (!shared) return null;
  return writeCertificate(deps, {
    ...shared.appraisal,
    name: shared.askerName || null,
    code: shared.isVisible ? code : null,
    day: lastDayCounted(shared.appraisal),
    locale,
  });
}

/** The day at whose end the counting stopped. */
export function lastDayCounted({
  countedUntil,
}: Pick<PublicAppraisal, "countedUntil">): CalendarDate {
  return addDays(shanghaiDateOf(new Date(countedUntil)), -1);
}

function writeCertificate(
  deps: Pick<Deps, "config">,
  facts: Pick<PublicAppraisal, "score" | "title" | "lines"> & {
    name: string | null;
    /** Of the policy beside which others may read it; null when they may not. */
    code: string | null;
    day: CalendarDate;
    locale: Locale;
  },
): CertificatePicture {
  const { locale, name, score, code } = facts;
  const words = appraisalMessages(locale);
  return {
    locale,
    name,
    heading: words.certificate.heading,
    title: words.titles[facts.title],
    score,
    lines: facts.lines.map(({ kind, count, points }) => ({
      label: words.lines[kind](count),
      points,
    })),
    footnotes: [words.certificate.day(formatFullDay(facts.day, locale)), words.shared.note],
    url: code && `${deps.config.publicUrl}/p/${code}/appraisal`,
  };
}
