/**
 * The nine health questions of plan version 2026-1 (R8). Each is answered on its own; there is no
 * catch-all item, because the law lets an insurer rely only on what it asked (保险法 16, 解释(二) 6).
 * The ids are stored with every application: never renamed once shipped.
 */
export interface HealthQuestion {
  readonly id: string;
  readonly text: { readonly "zh-CN": string; readonly en: string };
}

export const HEALTH_QUESTIONS: readonly HealthQuestion[] = [
  {
    id: "cancer",
    text: {
      "zh-CN": "是否曾被医生诊断患有癌症？",
      en: "Has a doctor ever diagnosed you with cancer?",
    },
  },
  {
    id: "malignant_tumour",
    text: {
      "zh-CN": "是否曾被医生诊断患有恶性肿瘤（包括肉瘤、淋巴瘤）？",
      en: "Has a doctor ever diagnosed you with a malignant tumour (including sarcoma and lymphoma)?",
    },
  },
  {
    id: "leukaemia",
    text: {
      "zh-CN": "是否曾被医生诊断患有白血病？",
      en: "Has a doctor ever diagnosed you with leukaemia?",
    },
  },
  {
    id: "cerebrovascular_disease",
    text: {
      "zh-CN": "是否曾被医生诊断患有脑血管疾病（脑梗死、脑出血、蛛网膜下腔出血）？",
      en: "Has a doctor ever diagnosed you with cerebrovascular disease (a stroke caused by a clot or a bleed, or subarachnoid haemorrhage)?",
    },
  },
  {
    id: "coronary_heart_disease",
    text: {
      "zh-CN": "是否曾被医生诊断患有冠心病（心绞痛、心肌梗死）？",
      en: "Has a doctor ever diagnosed you with coronary heart disease (angina or a heart attack)?",
    },
  },
  {
    id: "cardiomyopathy",
    text: {
      "zh-CN": "是否曾被医生诊断患有心肌病？",
      en: "Has a doctor ever diagnosed you with cardiomyopathy?",
    },
  },
  {
    id: "aortic_disease",
    text: {
      "zh-CN": "是否曾被医生诊断患有主动脉疾病（主动脉瘤、主动脉夹层）？",
      en: "Has a doctor ever diagnosed you with aortic disease (an aneurysm or dissection of the aorta)?",
    },
  },
  {
    id: "liver_cirrhosis",
    text: {
      "zh-CN": "是否曾被医生诊断患有肝硬化？",
      en: "Has a doctor ever diagnosed you with cirrhosis of the liver?",
    },
  },
  {
    id: "nephritis",
    text: {
      "zh-CN": "是否曾被医生诊断患有急性或慢性肾炎？",
      en: "Has a doctor ever diagnosed you with acute or chronic nephritis?",
    },
  },
];
