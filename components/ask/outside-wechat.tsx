import { QrCode } from "@/components/documents/qr-code";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Section } from "@/components/ui/page";
import { askingMessages } from "@/lib/i18n/asking";
import type { Locale } from "@/lib/i18n/locale";

/** Where there is no WeChat to send a card with: the link as a code to scan and as text to copy. */
export function OutsideWechat({ link, locale }: { link: string; locale: Locale }) {
  const words = askingMessages(locale).outside;
  return (
    <Section title={words.title} className="mt-7">
      <Card>
        <p className="mb-4 text-small text-soft">{words.lead}</p>
        <QrCode text={link} label={words.qrAlternative} />
        <p className="my-4 rounded-control bg-sunk px-3 py-2 text-small break-all select-all">
          {link}
        </p>
        <CopyButton text={link} words={words} />
      </Card>
    </Section>
  );
}
