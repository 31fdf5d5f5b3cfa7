/** R42, R43 as a table: what each reader may read at each address. `visibility.test.ts` holds the product to it. */

/** Nobody, somebody with the link, a supporter, one more, one who gave without his name, the insured. */
export const READERS = ["guest", "stranger", "another", "supporter", "shy", "owner"] as const;
export type Reader = (typeof READERS)[number];

/** As on the ID. */
export const NAMES = { owner: "欧阳若琪", supporter: "诸葛鹿鸣", shy: "司马灯明" } as const;

/** Names and words that exist nowhere else, and whose they are. */
export const MARKS = {
  "owner's full name": NAMES.owner,
  "supporter's full name": NAMES.supporter,
  "shy's full name": NAMES.shy,
  "owner's name for friends": "若琪",
  "supporter's name for friends": "鹿鸣",
  "shy's name for friends": "灯明",
  "owner's nickname": "星河漫步",
  "supporter's nickname": "山间小鹿",
  "shy's nickname": "深海灯塔",
  "another's nickname": "南方来信",
  "stranger's nickname": "路过的风",
  "supporter's wish": "愿你一路平安呀",
  "shy's wish": "悄悄祝福你哦",
  "another's wish": "一起加油吧朋友",
  "thanks to supporter": "多谢小鹿帮忙",
  "thanks to shy": "谢谢不留名的你",
  "public note": "大家的好我都记得",
} as const;
export type Mark = keyof typeof MARKS;

export interface Row {
  path: string;
  /** Only when all have agreed to show nothing, or everything; by default it makes no difference. */
  agreed?: "nothing" | "everything";
  /** Fields of the answer, or its status; `others` stands for the readers that are not named. */
  sees: Partial<Record<Reader, number | string>> & { others: number | string };
  /** The marks that stand in it; none for a reader that is not named. */
  knows?: Partial<Record<Reader, readonly Mark[]>>;
}

export const VISIBILITY: readonly Row[] = [
  {
    path: "/api/me",
    sees: {
      others: `
      id nickname policies[].code policies[].payableNowYuan policies[].status
      policies[].units policies[].unitsMax`,
      guest: 401,
      stranger: "id nickname",
      another: "id nickname",
    },
    knows: {
      stranger: ["stranger's nickname"],
      another: ["another's nickname"],
      supporter: ["supporter's nickname"],
      shy: ["shy's nickname"],
      owner: ["owner's nickname"],
    },
  },
  {
    path: "/api/me/notices",
    sees: {
      others: `
      notices[].createdAt notices[].id notices[].isRead notices[].kind notices[].path
      notices[].values.askerName notices[].values.coverYuan notices[].values.seq
      notices[].values.thanks unread`,
      guest: 401,
      stranger: "unread",
      another: `
      notices[].createdAt notices[].id notices[].isRead notices[].kind notices[].path
      notices[].values.askerName notices[].values.coverYuan notices[].values.seq unread`,
      owner: `
      notices[].createdAt notices[].id notices[].isRead notices[].kind notices[].path
      notices[].values.coverYuan notices[].values.nickname notices[].values.seq unread`,
    },
    knows: {
      another: ["owner's name for friends"],
      supporter: ["owner's name for friends", "thanks to supporter"],
      shy: ["owner's name for friends", "thanks to shy"],
      owner: ["another's nickname", "supporter's nickname"],
    },
  },
  {
    path: "/api/me/profile",
    sees: {
      others: `
      isAppraisalVisible isAskingVisible isFaceOnPoster isMasked isOnBoards regionCode
      wantsReminders`,
      guest: 401,
    },
  },
  {
    path: "/api/me/friends",
    agreed: "nothing",
    sees: {
      others: "helped[].code helped[].name helped[].units helped[].unitsMax",
      guest: 401,
      stranger: "",
      owner: "",
    },
    knows: {
      another: ["owner's name for friends"],
      supporter: ["owner's name for friends"],
      shy: ["owner's name for friends"],
    },
  },
  {
    path: "/api/me/friends",
    agreed: "everything",
    sees: {
      others: "helped[].code helped[].name helped[].units helped[].unitsMax",
      guest: 401,
      stranger: "",
      owner: "helpBack[].code helpBack[].name helpBack[].units helpBack[].unitsMax",
    },
    knows: {
      another: ["owner's name for friends"],
      supporter: ["owner's name for friends"],
      shy: ["owner's name for friends"],
      owner: ["supporter's name for friends"],
    },
  },
  {
    path: "/api/me/appraisal",
    sees: {
      others: `
      giving.cells giving.friends isVisible lines[].count lines[].countMax
      lines[].counted lines[].kind lines[].points lines[].pointsEach next.pointsToGo
      next.title score title`,
      guest: 401,
      stranger: "giving.cells giving.friends isVisible next.pointsToGo next.title score title",
    },
  },
  { path: "/api/me/appraisal/certificate", sees: { others: "image/png", guest: 401 } },
  {
    path: "/api/policies/{code}",
    sees: {
      others: `
      code collectingUntil coverPerUnitYuan coverYuan maturedUnits payableNowYuan status
      units unitsMax viewer.canSupport viewer.hasSupported viewer.isInsured
      viewer.reason`,
    },
  },
  {
    path: "/api/policies/{code}/supporters",
    sees: {
      others: 404,
      guest: 401,
      owner: `
      supporters[].canRefuse supporters[].coverYuan supporters[].endorsementNo
      supporters[].isAnonymous supporters[].isInsured supporters[].maturesOn
      supporters[].message supporters[].nickname supporters[].reaction supporters[].seq
      supporters[].supportedAt supporters[].thanks supporters[].thanks.id
      supporters[].thanks.reaction supporters[].thanks.state supporters[].thanks.text
      supporters[].wordsId`,
    },
    knows: {
      owner: [
        "another's nickname",
        "another's wish",
        "owner's nickname",
        "shy's wish",
        "supporter's nickname",
        "supporter's wish",
        "thanks to shy",
        "thanks to supporter",
      ],
    },
  },
  {
    path: "/api/policies/{code}/appraisal",
    agreed: "nothing",
    sees: {
      others: 404,
      owner: `
      countedUntil lines[].count lines[].countMax lines[].counted lines[].kind
      lines[].points lines[].pointsEach score title`,
    },
  },
  {
    path: "/api/policies/{code}/appraisal",
    agreed: "everything",
    sees: {
      others: `
      countedUntil lines[].count lines[].countMax lines[].counted lines[].kind
      lines[].points lines[].pointsEach score title`,
    },
  },
  {
    path: "/api/policies/{code}/appraisal/certificate",
    agreed: "nothing",
    sees: { others: 404, owner: "image/png" },
  },
  {
    path: "/api/policies/{code}/appraisal/certificate",
    agreed: "everything",
    sees: { others: "image/png" },
  },
  {
    path: "/api/policies/{code}/asking",
    sees: {
      others: 404,
      guest: 401,
      owner: `
      cards[].description cards[].momentsTitle cards[].sentence cards[].title
      cards[].tone code link shortCode`,
    },
    knows: { owner: ["owner's name for friends"] },
  },
  {
    path: "/api/policies/{code}/surrender",
    sees: {
      others: 404,
      guest: 401,
      owner: `
      coolingOffUntil coverUntil reason totalFen units[].endedOn units[].isOwn
      units[].refundFen units[].seq`,
    },
  },
  { path: "/api/policies/{code}/poster", sees: { others: "image/png" } },
  { path: "/api/policies/{code}/card", sees: { others: "image/png" } },
  { path: "/api/policies/{code}/thumb", sees: { others: "image/png" } },
  {
    path: "/api/orders/{orderOfsupporter}",
    sees: {
      others: 404,
      guest: 401,
      supporter: `
      amountFen expiresAt outTradeNo outcome.coverYuan outcome.endedOn
      outcome.endorsementNo outcome.kind outcome.seq outcome.waitingUntil paidAt
      settledAt state`,
    },
  },
  {
    path: "/api/orders/{orderOfsupporter}/story",
    sees: {
      others: 404,
      guest: 401,
      supporter: `
      amountFen ending.coverYuan ending.effectiveOn ending.kind ending.lastDayOn
      ending.maturesOn ending.phase ending.seq events[].at events[].isAhead
      events[].kind events[].numbers[].name events[].numbers[].value
      events[].values.amountFen events[].values.billOn events[].values.coverYuan
      events[].values.entry events[].values.paidFen
      events[].values.provenBy events[].values.seq events[].values.untilAt outTradeNo`,
    },
  },
  {
    path: "/api/orders/{orderOfshy}",
    sees: {
      others: 404,
      guest: 401,
      shy: `
      amountFen expiresAt outTradeNo outcome.coverYuan outcome.endedOn
      outcome.endorsementNo outcome.kind outcome.seq outcome.waitingUntil paidAt
      settledAt state`,
    },
  },
  {
    path: "/api/orders/{orderOfshy}/story",
    sees: {
      others: 404,
      guest: 401,
      shy: `
      amountFen ending.coverYuan ending.effectiveOn ending.kind ending.lastDayOn
      ending.maturesOn ending.phase ending.seq events[].at events[].isAhead
      events[].kind events[].numbers[].name events[].numbers[].value
      events[].values.amountFen events[].values.billOn events[].values.coverYuan
      events[].values.entry events[].values.paidFen
      events[].values.provenBy events[].values.seq events[].values.untilAt outTradeNo`,
    },
  },
  {
    path: "/api/orders/{firstOfowner}",
    sees: {
      others: 404,
      guest: 401,
      owner: `
      amountFen expiresAt outTradeNo outcome.coverYuan outcome.endedOn
      outcome.endorsementNo outcome.kind outcome.seq outcome.waitingUntil paidAt
      settledAt state`,
    },
  },
  {
    path: "/api/orders/{firstOfowner}/story",
    sees: {
      others: 404,
      guest: 401,
      owner: `
      amountFen ending.coverYuan ending.effectiveOn ending.kind ending.lastDayOn
      ending.maturesOn ending.phase ending.seq events[].at events[].isAhead
      events[].kind events[].numbers[].name events[].numbers[].value
      events[].values.amountFen events[].values.billOn events[].values.coverYuan
      events[].values.entry events[].values.paidFen
      events[].values.provenBy events[].values.seq events[].values.untilAt outTradeNo`,
    },
  },
  {
    path: "/api/leaderboards/all",
    agreed: "nothing",
    sees: {
      others: `
      asOf board next own.aheadOfPercent own.rank own.tiedWith own.units scope topUnits
      total viewer.hasPolicy viewer.hasRegion viewer.isListed`,
      guest: "asOf board next own scope topUnits total viewer",
      stranger: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      another: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
    },
  },
  {
    path: "/api/leaderboards/all",
    agreed: "everything",
    sees: {
      others: `
      asOf board next own.aheadOfPercent own.rank own.tiedWith own.units rows[].isMe
      rows[].name rows[].rank rows[].tiedWith rows[].units scope topUnits total
      viewer.hasPolicy viewer.hasRegion viewer.isListed`,
      guest: `
      asOf board next own rows[].isMe rows[].name rows[].rank rows[].tiedWith
      rows[].units scope topUnits total viewer`,
      stranger: `
      asOf board next own rows[].isMe rows[].name rows[].rank rows[].tiedWith
      rows[].units scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      another: `
      asOf board next own rows[].isMe rows[].name rows[].rank rows[].tiedWith
      rows[].units scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
    },
    knows: {
      guest: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      stranger: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      another: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      supporter: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      shy: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      owner: ["owner's nickname", "shy's nickname", "supporter's nickname"],
    },
  },
  {
    path: "/api/leaderboards/today",
    sees: {
      others: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      guest: "asOf board next own scope topUnits total viewer",
    },
  },
  {
    path: "/api/leaderboards/week",
    agreed: "nothing",
    sees: {
      others: `
      asOf board next own.aheadOfPercent own.rank own.tiedWith own.units scope topUnits
      total viewer.hasPolicy viewer.hasRegion viewer.isListed`,
      guest: "asOf board next own scope topUnits total viewer",
      stranger: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      another: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
    },
  },
  {
    path: "/api/leaderboards/week",
    agreed: "everything",
    sees: {
      others: `
      asOf board next own.aheadOfPercent own.rank own.tiedWith own.units rows[].isMe
      rows[].name rows[].rank rows[].tiedWith rows[].units scope topUnits total
      viewer.hasPolicy viewer.hasRegion viewer.isListed`,
      guest: `
      asOf board next own rows[].isMe rows[].name rows[].rank rows[].tiedWith
      rows[].units scope topUnits total viewer`,
      stranger: `
      asOf board next own rows[].isMe rows[].name rows[].rank rows[].tiedWith
      rows[].units scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      another: `
      asOf board next own rows[].isMe rows[].name rows[].rank rows[].tiedWith
      rows[].units scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
    },
    knows: {
      guest: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      stranger: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      another: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      supporter: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      shy: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      owner: ["owner's nickname", "shy's nickname", "supporter's nickname"],
    },
  },
  {
    path: "/api/leaderboards/friends",
    agreed: "nothing",
    sees: {
      others: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      guest: "asOf board next own scope topUnits total viewer",
    },
  },
  {
    path: "/api/leaderboards/friends",
    agreed: "everything",
    sees: {
      others: `
      asOf board next own.aheadOfPercent own.rank own.tiedWith own.units rows[].isMe
      rows[].name rows[].rank rows[].tiedWith rows[].units scope topUnits total
      viewer.hasPolicy viewer.hasRegion viewer.isListed`,
      guest: "asOf board next own scope topUnits total viewer",
      stranger: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      another: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
    },
    knows: {
      supporter: ["owner's nickname", "supporter's nickname"],
      shy: ["owner's nickname", "shy's nickname"],
      owner: ["owner's nickname", "supporter's nickname"],
    },
  },
  {
    path: "/api/leaderboards/region",
    agreed: "nothing",
    sees: {
      others: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      guest: "asOf board next own scope topUnits total viewer",
    },
  },
  {
    path: "/api/leaderboards/region",
    agreed: "everything",
    sees: {
      others: `
      asOf board next own.aheadOfPercent own.rank own.tiedWith own.units rows[].isMe
      rows[].name rows[].rank rows[].tiedWith rows[].units scope topUnits total
      viewer.hasPolicy viewer.hasRegion viewer.isListed`,
      guest: "asOf board next own scope topUnits total viewer",
      stranger: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
      another: `
      asOf board next own scope topUnits total viewer.hasPolicy viewer.hasRegion
      viewer.isListed`,
    },
    knows: {
      supporter: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      shy: ["owner's nickname", "shy's nickname", "supporter's nickname"],
      owner: ["owner's nickname", "shy's nickname", "supporter's nickname"],
    },
  },
  { path: "/api/short-codes/{shortCode}", sees: { others: "code" } },
  { path: "/api/words/{note}/reaction", sees: { others: "counts.heart mine" } },
  { path: "/api/words/{wish}/reaction", sees: { others: 404, supporter: "mine", owner: "mine" } },
  {
    path: "/api/words/{wishOfShy}/reaction",
    sees: { others: 404, shy: "counts.hug mine", owner: "counts.hug mine" },
  },
  { path: "/api/words/{thanksToShy}/reaction", sees: { others: 404, shy: "mine", owner: "mine" } },
];
