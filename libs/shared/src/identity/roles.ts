/** 角色: what a token may allow, with its Chinese name. `<service>.<verb>`; the operator stands beside them. */
export const roles = {
  operator: '系统运维',
  'filing.persons': '参保信息维护',
  'filing.read': '备案查询',
  'filing.apply': '备案申请受理',
  'filing.decide': '备案审核',
  'filing.designate': '转诊机构管理',
  'filing.refer': '医院转诊备案',
  'filing.channel.national-app': '国家医保服务平台渠道',
  'settlement.institutions': '定点机构管理',
  'settlement.catalogue': '医保目录管理',
  'settlement.accounts': '个人账户管理',
  'settlement.read': '结算查询',
  'settlement.reconcile': '对账',
  'settlement.declare': '机构费用申报',
  'settlement.audit': '费用审核',
  'settlement.pay': '费用拨付经办',
  'settlement.approve': '费用拨付复核',
  'clearing.read': '清算查询',
  'clearing.upload': '清算数据上传',
  'clearing.confirm': '清算确认',
  'clearing.issue': '清算通知签发',
  'funds.read': '资金查询',
  'funds.quota': '预付金核算',
  'funds.submit': '提交财政',
  'funds.pay': '资金付款',
  'funds.approve': '资金复核',
  'funds.confirm': '到账确认',
  'collaboration.read': '协同查询',
  'collaboration.ask': '协同发起',
  'collaboration.answer': '协同办理',
  'obligations.read': '办理义务查询',
} as const;

export type Role = keyof typeof roles;

export const isRole = (text: string): text is Role => Object.hasOwn(roles, text);
