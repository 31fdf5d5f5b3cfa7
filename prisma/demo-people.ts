/** Who lives in the demonstration: invented people, their policies, and what they give each other. */
import type { UpdateProfile } from "@/lib/profile/contract";

export interface DemoPolicy {
  code: string;
  label: string;
  name: string;
  /** Region and birth date of an invented ID number; the check digit is calculated. */
  idNumber: string;
  /** Days ago at which unit 1 was paid. */
  startedDaysAgo: number;
  /** Gifts a day, from the first day on. */
  giftsByDay: readonly number[];
  /** Gifts of the other people here, so that they are each other's friends. */
  knownGifts: readonly { day: number; name: string; message?: string }[];
  /** What the insured shows; nothing without it. */
  shows: UpdateProfile;
  /** What the insured says to everybody, and how many of the first supporters he has thanked. */
  note?: string;
  thanked?: number;
}

export const DEMO_POLICIES: readonly DemoPolicy[] = [
  {
    code: "DemoXiaoyu000000000037",
    label: "小雨：收集中，37 格",
    name: "王小雨",
    idNumber: "11010519920615002",
    startedDaysAgo: 18,
    giftsByDay: [6, 8, 3, 1, 2, 1, 0, 3, 1, 2, 0, 1, 2, 1, 0, 0, 1, 0, 1],
    knownGifts: [
      { day: 3, name: "陈海生", message: "别怕，我们都在" },
      { day: 15, name: "赵建国", message: "一格是一格" },
      { day: 17, name: "周林" },
    ],
    shows: {
      isOnBoards: true,
      isMasked: false,
      takesPartInRegion: true,
      isAskingVisible: true,
      isAppraisalVisible: true,
    },
    note: "谢谢你们，一格一格亮起来的时候，我真的笑出声了。",
    thanked: 4,
  },
  {
    code: "DemoHaisheng0000000046",
    label: "海生：第 90 天，明天开始逐格算数",
    name: "陈海生",
    idNumber: "32010219880302101",
    startedDaysAgo: 90,
    giftsByDay: [9, 7, 5, 4, 4, 2, 3, 2, 2, 1, 1, 1, 1, 1, 1],
    knownGifts: [{ day: 5, name: "王小雨", message: "下次一起爬山" }],
    shows: { isOnBoards: true, takesPartInRegion: true, isAppraisalVisible: true },
  },
  {
    code: "DemoMinghui00000000100",
    label: "明慧：满 100 格",
    name: "刘明慧",
    idNumber: "51010419950923204",
    startedDaysAgo: 95,
    giftsByDay: [18, 15, 12, 9, 8, 7, 6, 5, 4, 4, 3, 3, 2, 1, 1, 1],
    knownGifts: [],
    shows: { isOnBoards: true, isMasked: false, isAppraisalVisible: true },
    note: "一百格，每一格都有一个人。谢谢你们。",
    thanked: 12,
  },
  {
    code: "DemoJianguo00000000012",
    label: "建国：一格 ¥300，12 格",
    name: "赵建国",
    idNumber: "11010219800512305",
    startedDaysAgo: 6,
    giftsByDay: [4, 3, 1, 0, 0, 1],
    knownGifts: [
      { day: 2, name: "王小雨", message: "平平安安" },
      { day: 3, name: "刘明慧" },
    ],
    shows: { isOnBoards: true, isMasked: false, takesPartInRegion: true, isAskingVisible: true },
  },
  {
    code: "DemoAlin00000000000001",
    label: "小林：刚开始，1 格",
    name: "周林",
    idNumber: "32050219990718403",
    startedDaysAgo: 0,
    giftsByDay: [],
    knownGifts: [],
    shows: { isOnBoards: true, takesPartInRegion: true, isAskingVisible: true },
  },
];

const GIVEN_NAMES = [..."海川云溪安宁晨曦星宇若初知行沐阳子墨清和书言一诺景明思远南风听雨怀瑾"];
const SURNAMES = [..."李张杨黄吴徐孙马朱胡林郭何高罗郑梁谢宋唐"];
export const WISHES = [
  "别怕，我们都在",
  "平平安安",
  "",
  "下次一起爬山",
  "",
  "健健康康",
  "一格是一格",
  "",
  "加油",
  "春天见",
];

export function nicknameOf(name: string): string {
  return name.slice(-2);
}

/** A friend without a policy, by number; the same one on every machine. */
export function friendName(index: number): string {
  const surname = SURNAMES[index % SURNAMES.length];
  const given = GIVEN_NAMES.slice((index * 2) % GIVEN_NAMES.length).slice(0, 1 + (index % 2));
  return `${surname}${given.join("")}${index >= 60 ? `·${String.fromCharCode(65 + (index % 26))}` : ""}`;
}
