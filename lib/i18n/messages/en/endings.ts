import type { Messages } from "@/lib/i18n/by-locale";
import type { endings as chinese } from "@/lib/i18n/messages/zh-CN/endings";

export const endings = {
  failures: {
    offline:
      "No connection, so we cannot tell whether it was done. Please tap again: it is never done twice.",
    rate_limited: "That was a little too often. Please tap again in a minute.",
    not_authenticated: "Your sign-in has expired. Please reload the page and confirm who you are.",
    policy_not_open: "This policy has ended already. Please reload the page to see how.",
    other:
      "It did not get through. Please tap again later, it is never done twice; or call {hotline}.",
  },
  withdraw: {
    button: "Take this yuan back",
    until: (day) =>
      `It takes effect at 0:00 ${day}. Until then you may take it back in full, the way it came.`,
    inEffect:
      "This yuan has taken effect and cannot be taken back alone. If the policy ends early, what is due comes straight to you.",
    ownUntil: (day) =>
      `It takes effect at 0:00 ${day}. Cancel the policy before that and every yuan returns in full.`,
    title: "Take this yuan back?",
    back: (amount) => `${amount} returns to you in full the way it came, without a fee.`,
    less: (name, cover) => `${name}'s policy will have one cell and ${cover} of cover less.`,
    again: "If you change your mind, you may add a cell again while collecting lasts.",
    confirm: "Yes, take it back",
    keep: "Leave it",
    busy: "Taking it back…",
    unit_in_effect:
      "This yuan has just taken effect and can no longer be taken back. If the policy ends early, what is due comes straight to you.",
    not_settled: "This yuan is no longer on the policy; this page shows where it is.",
  },
  refuse: {
    button: "Decline",
    buttonFor: (name, seq) => `Decline cell ${seq} of ${name}`,
    title: (name) => `Decline the yuan of ${name}?`,
    back: (name) => `¥1 returns in full to ${name}, the way it came.`,
    less: (seq, cover) => `Cell ${seq} becomes free and you have ${cover} of cover less.`,
    until: (day) =>
      `This cell takes effect at 0:00 ${day}; after that it cannot be returned alone.`,
    confirm: "Yes, decline",
    keep: "Keep this cell",
    busy: "Returning it…",
    unit_in_effect: "This cell has just taken effect and can no longer be returned alone.",
    not_settled: "This cell is no longer on the policy; your friend may just have taken it back.",
    doneTitle: "Declined",
    done: "¥1 is on its way back; you need do nothing. Endorsement {endorsementNo}.",
    close: "OK",
  },
  service: {
    title: "Policy services",
    surrenderLink: "Cancel or surrender",
    endedLink: "What was returned",
    diagnosisLink: "After a diagnosis",
    hotlineLink: (hotline) => `Service and claims: ${hotline}`,
    backToPolicy: "Back to the policy",
    waitingForClaim:
      "You have reported a diagnosis and a claim is being decided. Please call and ask before you surrender.",
    unpaid: "This policy has not been paid for, so there is nothing to return.",
    noneTitle: "Nothing to return",
  },
  surrender: {
    title: {
      cancelled_before_effective: "Cancel the policy",
      cooling_off: "End the policy",
      surrender: "Surrender the policy",
    },
    lead: {
      cancelled_before_effective:
        "The policy has not taken effect. Cancel now and every yuan returns in full to whoever paid it.",
      cooling_off:
        "You are in the cooling-off period: every yuan returns in full to whoever paid it, and you need give no reason.",
      surrender:
        "The unused days return, without a fee. Each yuan is counted by the day and goes back to whoever paid it.",
    },
    total: "returns in all",
    own: "Your own yuan",
    friends: (count) => (count === 1 ? "1 friend's yuan" : `${count} friends' yuan`),
    toYou: (amount) => `${amount}, to you`,
    toThem: (amount) => `${amount}, each their own`,
    coverUntil: "Covered until",
    atOnce: "the moment you submit",
    until: (date) => `${date}, 24:00`,
    coolingOff: "Cooling-off until",
    coolingOffOver: "Cooling-off ended",
    perUnit: "Unit by unit",
    cell: "Cell",
    payer: "To",
    you: "you",
    friend: "a friend",
    refund: "Returns",
    rounding:
      "Each unit = 100 fen × days left ÷ days of that unit's term, rounded down to a whole fen.",
    after: "Afterwards",
    afterItems: (cover, waitingDays) => [
      `${cover} of cover ends; days already waited are not kept.`,
      `You may apply again later; the wait then starts again at ${waitingDays} days.`,
      "Friends see the refund, and not why you ended the policy.",
      "Refunds usually start the same day and are completed within 30 days.",
    ],
    diagnosed: "Already diagnosed? Please report that first and do not surrender.",
    hotline: (hotline) => `Or call ${hotline}; the time of your call counts.`,
    begin: {
      cancelled_before_effective: "Cancel the policy",
      cooling_off: "End the policy",
      surrender: "Surrender",
    },
    sheetTitle: (amount) => `${amount} returns in all. Are you sure?`,
    sheetAtOnce: "The policy ends the moment you submit, and this cannot be undone.",
    sheetUntil: (date) => `You are covered until ${date}, 24:00. This cannot be undone.`,
    confirm: {
      cancelled_before_effective: "Yes, cancel the policy",
      cooling_off: "Yes, end the policy",
      surrender: "Yes, surrender",
    },
    keep: "Keep the policy",
    busy: "Working on it…",
    quote_changed:
      "Something has just changed, and nothing has been done yet. Here is the new sum; please look before you confirm.",
  },
  ended: {
    title: {
      expired: "This policy has run its year",
      cancelled_before_effective: "This policy was cancelled",
      cooling_off: "You have ended this policy",
      surrender: "You have surrendered this policy",
      diagnosis_before_effective: "The policy has ended and all premiums return",
      diagnosis_in_waiting: "The policy has ended and all premiums return",
      underwriting_failed: "We could not insure you this time",
      age_misstated: "This policy was rescinded",
    },
    body: {
      expired: "A year of cover is complete. Thank you to every friend on the way.",
      cancelled_before_effective:
        "Cancelled before it took effect: every yuan returns in full to whoever paid it.",
      cooling_off:
        "Ended in the cooling-off period: every yuan returns in full to whoever paid it.",
      surrender: "The unused days return, unit by unit, to whoever paid.",
      diagnosis_before_effective:
        "The diagnosis came before the policy took effect, so every yuan returns in full to whoever paid it. Please take care and get well.",
      diagnosis_in_waiting:
        "The diagnosis came in the waiting period, so every yuan returns in full to whoever paid it. Please take care and get well.",
      underwriting_failed:
        "The application could not be accepted; every yuan returns in full to whoever paid it.",
      age_misstated:
        "The true age is outside what is insured; every yuan returns in full to whoever paid it.",
    },
    reason: {
      expired: "its year is over",
      cancelled_before_effective: "cancelled before it took effect, everything returns",
      cooling_off: "ended in its cooling-off period, everything returns",
      surrender: "surrendered, the unused days return",
      diagnosis_before_effective: "diagnosis before it took effect, everything returns",
      diagnosis_in_waiting: "diagnosis in the waiting period, everything returns",
      underwriting_failed: "the application could not be accepted, everything returns",
      age_misstated: "the true age is outside what is insured, everything returns",
    },
    stillCounts: (cover) => `Until 24:00 today ${cover} of cover still counts.`,
    endorsement: "Endorsement",
    refunded: "Returned in all",
    endedOn: "Cover ended at",
    midnightOf: (date) => `0:00 on ${date}`,
    where: "Where the money is",
    ownRefund: "How far your own yuan has come",
    noOwnRefund: "Less than one fen of your own yuan was left, so nothing of it returns.",
    friendsRefunds:
      "Friends' refunds go to each of them the way they came; they see them on their own page.",
    details: "Refund details",
  },
  diagnosis: {
    title: "After a diagnosis",
    lead: "Please take care of yourself first. Take your time with this page; looking changes nothing.",
    unsure: "If you are not sure, call us first.",
    call: (hotline) => `Call ${hotline}`,
    form: {
      date: "Day of diagnosis",
      hint: "The date of the pathology report; for blood cancers, of the first bone marrow report.",
      look: "See what would happen",
      looking: "Looking…",
      chosen: "Day of diagnosis: {day}",
      inWaiting: "That day is in the waiting period",
      beforeEffective: "On that day the policy was not in effect yet",
      refundAll:
        "By clause 4.4 no benefit is paid in this case, and {total} of premium returns in full: yours to you, your friends' to your friends.",
      endsPolicy:
        "Reporting ends the policy and cannot be undone. If you are not sure of the date, please call first.",
      privacy:
        "Friends see a refund and not the reason. The day of diagnosis is stored encrypted and shown to no friend.",
      counted: "On that day {payable} of cover counted",
      claim:
        "After the report, our claims staff call the mobile number you gave when applying and name all papers at once. You may also call {hotline} now.",
      rate: "How much is paid depends on the pathology: severe 100%, mild 30%, in situ and the like nothing; see the Exemptions.",
      nothingEnds: "Nothing ends and nothing is returned now; the policy goes on.",
      confirmRefund: "Report, and return everything",
      confirmClaim: "Report, and start a claim",
      busy: "Reporting…",
      errors: {
        required: "Please enter the day of diagnosis first.",
        in_future: "That day has not come yet. Please compare with the report.",
        before_policy:
          "That day is before the year in which you applied. Please compare with the report; if it is right, call us first.",
        policy_not_open:
          "The policy gave no cover on that day. If you think it did, please call {hotline}.",
        invalid_input: "We could not read that date. Please enter it again.",
        quote_changed:
          "Something has just changed, and nothing has been reported yet. Please look again.",
      },
    },
    reportedClaimTitle: "We have your report",
    reportedClaim: (payable, hotline) =>
      `On the day of diagnosis ${payable} of cover counted. Our claims staff will call the mobile number you gave when applying; you may call ${hotline} at any time.`,
    reportedNote: "The policy has not ended and nothing was returned. We wish you well.",
    reportedAt: "Reported",
    papers: "The papers you need: clause 7.2 of the terms",
  },
} satisfies Messages<typeof chinese>;
