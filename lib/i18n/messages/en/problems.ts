import type { Messages } from "@/lib/i18n/by-locale";
import type { problems as chinese } from "@/lib/i18n/messages/zh-CN/problems";

export const problems = {
  codes: {
    malformed_body: "What the page sent was incomplete. Please reload and try again.",
    body_too_large: "What you entered is too long. Please shorten it and try again.",
    unsupported_media_type: "This page may be out of date. Please reload and try again.",
    forbidden_origin:
      "This can only be done on this site's own page. Please go back and try again.",
    rate_limited:
      "That was a little too often. Please try again in a minute; nothing new was charged.",
    not_authenticated: "We need to confirm who you are in WeChat. Please tap the button once more.",
    forbidden: "You are not allowed to do this.",
    not_found: "Not found. The link may be incomplete, or this is not yours.",
    invalid_input: "Some entries need a change; please see where they are marked.",
    signature_invalid: "The signature did not verify, so the request was refused.",
    idempotency_mismatch:
      "This differs from what was just sent. Please reload and try again; nothing new was charged.",
    order_closed:
      "This order is closed or already paid. Please look at the page again. Nothing new was charged.",
    documents_outdated:
      "The terms have a new version. Please read it and confirm again; nothing was charged.",
    age_out_of_range:
      "We insure ages 18 to 49, counted on the day the policy takes effect. Nothing was charged.",
    health_declined:
      "Given the health answers we cannot insure you this time. Nothing was charged and your answers are not kept.",
    already_insured:
      "This identity number already has a policy in force; one a person. Nothing was charged.",
    own_policy: "This is your own policy and your unit is in it. The other cells are for friends.",
    already_supported:
      "You have supported this policy already; one unit a friend. Nothing more was charged.",
    policy_not_open: "This policy is not in force yet, or has ended. Nothing was charged.",
    collecting_closed: "The collecting window has closed. Nothing was charged.",
    cap_reached: "All cells are lit, none is open. Thank you. Nothing was charged.",
    daily_limit_reached:
      "You have supported 20 friends today. Please come back tomorrow. Nothing was charged.",
    not_settled:
      "This yuan is not a unit of the policy now, so there is nothing to give back. “My account” shows where it is.",
    base_unit_ends_policy:
      "The policy rests on its first cell: giving it back ends the whole policy. Please do that on the policy's page.",
    unit_in_effect: "This unit has taken effect and can no longer be given back.",
    quote_changed:
      "Something has just changed, so the sum or the outcome differs from what you saw. Please look again and confirm; nothing has been done yet.",
    provider_unavailable:
      "WeChat Pay is not answering. Please try again later; “My account” shows where a payment went.",
    unavailable: "The system is being maintained. Please try again later.",
    internal:
      "Something went wrong on our side and has been recorded. Please try again later; “My account” shows where a payment went.",
  },
  fields: {
    required: "Please fill this in.",
    name_too_short: "Please enter the full name on your identity card, at least two characters.",
    name_too_long:
      "That is too long. Please enter the name on your identity card, at most 30 characters.",
    name_characters: "A name has letters, Chinese characters, spaces and the dot “·” only.",
    id_format: "An identity number has 18 places: 17 digits, then a digit or X.",
    id_birth_date:
      "The birth date in it (places 7 to 14) does not exist. Please compare with your card.",
    id_checksum:
      "The last place does not match the others: one may be mistyped. Please compare with your card.",
    age_too_young: "You need to be 18 on the day the policy takes effect. Please come back then.",
    age_too_old: "We insure up to age 49, so we cannot insure you this time.",
    phone_format: "Please enter an 11-digit mobile number of mainland China.",
    invalid: "This entry is not valid, please change it.",
  },
  refundReasons: {
    cap_reached: "all cells were lit when you paid",
    collecting_closed: "the collecting window had closed when you paid",
    policy_not_open: "the policy was not in force when you paid",
    already_supported: "you had supported this policy already",
    already_insured: "the applicant already had a policy in force",
    age_out_of_range: "the insured was outside the insurable age when it was paid",
    amount_mismatch: "the amount differed from the order",
    payer_mismatch: "another WeChat account paid than the one that ordered",
    gift_withdrawn: "you took this unit back before it took effect",
    cancelled_before_effective: "this unit was cancelled before it took effect",
    cooling_off: "the policy was ended in its cooling-off period; everything returns",
    surrender: "the policy was surrendered; the unused days return",
    diagnosis_before_effective:
      "the diagnosis came before the policy took effect; all premiums return",
    diagnosis_in_waiting: "the diagnosis came in the waiting period; all premiums return",
    underwriting_failed: "the application could not be accepted; all premiums return",
    age_misstated: "the true age is outside what is insured; all premiums return",
    policy_ended: "the policy has ended early",
  },
  viewerReasons: {
    own_policy: "This is your own policy",
    already_supported: "You have supported it already, thank you",
    policy_not_open: "This policy cannot be supported now",
    collecting_closed: "The collecting window has closed",
    cap_reached: "All cells are lit",
  },
  offline: "No connection. Please check and try again; what you entered is still here.",
} satisfies Messages<typeof chinese>;
