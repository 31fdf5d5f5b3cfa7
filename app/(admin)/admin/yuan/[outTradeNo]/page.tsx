/**
 * `/admin/yuan/[outTradeNo]?link=…`: every row about one yuan, for staff. There are no staff accounts
 * yet: the link that `npm run yuan -- <number> --link` signs opens it, and nothing else does.
 */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { readLocale } from "@/app/viewer";
import { StaffEvents } from "@/components/yuan/staff-events";
import { StaffFrame } from "@/components/yuan/staff-frame";
import { StaffLedger } from "@/components/yuan/staff-ledger";
import { StaffRows } from "@/components/yuan/staff-rows";
import { StaffSummary } from "@/components/yuan/staff-summary";
import { getDeps } from "@/lib/deps";
import { yuanMessages } from "@/lib/i18n/yuan";
import { findStaffYuan } from "@/lib/yuan/queries";
import { isStaffLink } from "@/lib/yuan/staff-link";
import type { StaffYuan } from "@/lib/yuan/views";

interface Address {
  params: Promise<{ outTradeNo: string }>;
  searchParams: Promise<{ link?: string | string[] }>;
}

const readYuan = cache((outTradeNo: string) => findStaffYuan(getDeps(), outTradeNo));

/** Without a link that is good for this order the page reads like one that is not there. */
async function requireYuan({ params, searchParams }: Address): Promise<StaffYuan> {
  const [{ outTradeNo }, { link }] = await Promise.all([params, searchParams]);
  const deps = getDeps();
  await deps.clock.refresh();
  const token = typeof link === "string" ? link : undefined;
  const isOpen = isStaffLink(deps.config, { outTradeNo, token }, deps.now());
  return (isOpen && (await readYuan(outTradeNo))) || notFound();
}

export async function generateMetadata(address: Address): Promise<Metadata> {
  const { facts } = await requireYuan(address);
  return {
    title: `${yuanMessages(await readLocale()).staff.title} ${facts.order.outTradeNo}`,
    // The address carries a signed link: nobody indexes it, no other site hears of it.
    robots: { index: false, follow: false },
    referrer: "no-referrer",
  };
}

export default async function StaffYuanRoute(address: Address) {
  const yuan = await requireYuan(address);
  const locale = await readLocale();
  const now = getDeps().now();
  return (
    <StaffFrame locale={locale}>
      <StaffSummary yuan={yuan} now={now} locale={locale} />
      <div className="mt-8 grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <StaffEvents yuan={yuan} now={now} locale={locale} />
        <StaffLedger entries={yuan.facts.entries} locale={locale} />
      </div>
      <StaffRows facts={yuan.facts} locale={locale} />
    </StaffFrame>
  );
}
