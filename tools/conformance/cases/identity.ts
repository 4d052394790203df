import { identityQuestion } from '#shared/gateway-client';
import type { Desk } from '../desk.js';
import { done, nodeOf, refused } from '../expectation.js';
import type { Json } from '../expectation.js';
import type { ConformanceCase } from './conformance-case.js';

/** 签到、身份识别: who calls, and about whom. */
export const identity: ConformanceCase = {
  id: 'identity',
  title: '签到、签名与身份识别',
  articles: 'N16 P5.3 H79',
  async run(desk: Desk): Promise<void> {
    const { person, unknownCertificate, hospital } = desk.facts;
    const signed = await desk.must('签到', done('成功，给出签到编号'), '9001', {
      signIn: { opter_no: '001', mac: '', ip: '127.0.0.1' },
    });
    const signNo = nodeOf(signed, 'signinoutb')['sign_no'];
    if (typeof signNo === 'string') desk.signNo = signNo;
    const isThePerson = (output: Json): string | undefined => {
      if (nodeOf(output, 'baseinfo')['psn_no'] !== person.personNo) return '人员编号不是此人的';
      const insurances = Array.isArray(output['insuinfo']) ? (output['insuinfo'] as Json[]) : [];
      return insurances.some((one) => one['insuplc_admdvs'] === person.home) ? undefined : '没有参保地';
    };
    const question = identityQuestion(person);
    await desk.must('身份识别', done('成功，人员编号与参保地正确', isThePerson), '1101', question);
    const unknown = identityQuestion({ identityNumber: unknownCertificate, name: '无此人' });
    await desk.step('查无此人', refused('没有参保信息'), '1101', unknown);
    const { credential } = hospital;
    const forger = desk.clientOf({ ...hospital, credential: { ...credential, secret: `${credential.secret}x` } });
    await desk.step('错误的签名', refused('签名不正确'), '1101', question, { as: forger });
    const check = {
      psn_no: person.personNo,
      insutype: person.scheme,
      med_type: '11',
      begntime: `${desk.today} 00:05:00`,
    };
    await desk.step('待遇检查', done(), '2001', { data: { ...check, fixmedins_code: hospital.institution.code } });
    await desk.step('不存在的交易编号', refused('不支持的交易'), '9999', { data: {} });
  },
};
