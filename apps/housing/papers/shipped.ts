import type { Template, TemplateClause } from './template.ts';

// Contents a lease of public rental housing has to have: parties, house, term, rent, repair, utilities, return, breach, disputes.
const shared: readonly TemplateClause[] = [
  {
    heading: '三、租金与其他费用',
    text: '月租金为人民币 {rent} 元，自起租日起按月缴纳；水、电、燃气、物业等费用按本合同所附收费项目计收。履约保证金为人民币 {deposit} 元，退租结清后退还。',
  },
  {
    heading: '四、房屋使用与维修',
    text: '承租人应按用途（{terms.use}）居住使用，不得转租、转借、擅自调换或改变用途。房屋主体、共用设施及随房设备的自然损坏由出租人维修；承租人使用不当造成的损坏由其修复或赔偿。',
  },
  {
    heading: '五、退出与收回',
    text: '租赁期满未续签、不再符合保障条件，或出现法律法规及保障政策规定情形的，承租人应当腾退住房。出租人不以停用门锁、断水断电方式催缴或催退。',
  },
  {
    heading: '六、违约与争议',
    text: '逾期缴纳租金或其他费用的，按房屋所在地现行保障政策公布的标准支付违约金，签订时为{terms.lateFee}。一方另有违约的，按实际损失承担责任。争议由双方协商，协商不成的，可向房屋所在地人民法院起诉。',
  },
];

/** Wordings every organisation begins with. */
export const shippedTemplates: readonly Template[] = [
  {
    kind: 'first',
    number: 1,
    effectiveOn: '2000-01-01',
    title: '公共租赁住房租赁合同',
    clauses: [
      {
        heading: '一、合同双方与房屋',
        text: '出租人 {lessor} 将位于 {house} 的住房出租给承租人 {tenant}。合同编号 {code}。',
      },
      { heading: '二、租赁期限', text: '租赁期自 {startsOn} 起至 {endsOn} 止。' },
      ...shared,
    ],
  },
  {
    kind: 'renewal',
    number: 1,
    effectiveOn: '2000-01-01',
    title: '公共租赁住房续租合同',
    clauses: [
      {
        heading: '一、合同双方与房屋',
        text: '出租人 {lessor} 与承租人 {tenant} 就位于 {house} 的住房续租达成一致，本合同接续编号 {previous} 的合同。合同编号 {code}。',
      },
      { heading: '二、续租期限', text: '续租期自 {startsOn} 起至 {endsOn} 止。承租人确认其保障资格已经复核。' },
      ...shared,
    ],
  },
];
