import { defineErrors } from '../entry.js';

/** Errors that any service may answer with. */
export const commonErrors = defineErrors({
  BAD_REQUEST: {
    who: 'caller',
    text: '请求内容不符合接口要求：{detail}',
    next: '按接口说明改正后重新提交。',
    http: 400,
    articles: ['P5.2'],
  },
  NOT_FOUND: {
    who: 'caller',
    text: '没有找到{what}。',
    next: '核对编号；不属于本机构的数据不可见。',
    http: 404,
    articles: ['N57'],
  },
  NOT_SIGNED_IN: { who: 'caller', text: '未登录或令牌无效。', next: '重新登录后再试。', http: 401, articles: ['P5.3'] },
  TOKEN_EXPIRED: { who: 'caller', text: '登录已过期。', next: '重新登录后再试。', http: 401, articles: ['P5.3'] },
  ROLE_MISSING: {
    who: 'caller',
    text: '没有办理此事的权限：{role}。',
    next: '请有相应权限的人员办理，或向管理员申请。',
    http: 403,
    articles: ['P5.3'],
  },
  NOT_YOUR_AREA: {
    who: 'caller',
    text: '此事不归本机构办理（归属 {area}）。',
    next: '请由归属地经办机构办理。',
    http: 403,
    articles: ['N57'],
  },
  SAME_PERSON: {
    who: 'caller',
    text: '经办与复核不能是同一人。',
    next: '请另一名工作人员复核。',
    http: 403,
    articles: ['P5.3'],
  },
  WRONG_STATE: {
    who: 'caller',
    text: '{what}当前状态为“{state}”，不能{action}。',
    next: '刷新后按当前状态办理。',
    http: 409,
    articles: ['N57'],
  },
  ALREADY_DONE_DIFFERENTLY: {
    who: 'caller',
    text: '{what}已存在且内容不同。',
    next: '核对已有记录；确需更改请走变更流程。',
    http: 409,
    articles: ['N57'],
  },
  OPERATION_NOT_IN_PRODUCTION: {
    who: 'caller',
    text: '正式环境不允许此操作。',
    next: '仅在演示或测试环境使用。',
    http: 403,
    articles: ['P5.3'],
  },
  TOO_LARGE: { who: 'caller', text: '提交内容过大。', next: '请分批提交。', http: 413, articles: ['P5.2'] },
  BUSY: {
    who: 'system',
    text: '系统繁忙，请稍后再试。',
    next: '稍后用同一报文标识重发，不会重复办理。',
    http: 503,
    articles: ['P5.2'],
  },
  INTERNAL: {
    who: 'system',
    text: '系统内部错误，已记录。',
    next: '请联系系统运维并提供追踪号。',
    http: 500,
    articles: ['P5.2'],
  },
});
