import { Section } from "@/components/ui/page";
import { unbroken } from "@/lib/format/unbroken";
import { endingsMessages } from "@/lib/i18n/endings";
import type { Locale } from "@/lib/i18n/locale";
import type { OwnerPolicy } from "@/lib/policies/views";

/** What can be done with the policy besides watching it grow: neither hidden nor pushed. */
export function PolicyServices({
  policy,
  hotline,
  locale,
}: {
  policy: OwnerPolicy;
  hotline: string;
  locale: Locale;
}) {
  const words = endingsMessages(locale).service;
  const path = `/me/policies/${policy.code}`;
  const hasReturned = policy.status === "ended" && policy.endReason !== "expired";
  const links = [
    ...(policy.canSurrender ? [{ href: `${path}/service`, label: words.surrenderLink }] : []),
    ...(hasReturned ? [{ href: `${path}/service`, label: words.endedLink }] : []),
    { href: `${path}/diagnosis`, label: words.diagnosisLink },
    { href: `tel:${hotline}`, label: words.hotlineLink(unbroken(hotline)) },
  ];
  return (
    <Section title={words.title}>
      <ul className="border-t border-line">
        {links.map((link) => (
          <li key={link.href} className="border-b border-line">
            <a href={link.href} className="flex min-h-12 items-center justify-between text-small">
              {link.label}
              <span aria-hidden="true" className="text-soft">
                ›
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
