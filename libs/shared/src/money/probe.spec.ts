import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
@Injectable() class A { x = 1; }
@Injectable() class B { constructor(readonly a: A) {} }
describe('probe', () => { it('works', async () => { const m = await Test.createTestingModule({ providers: [A, B] }).compile(); expect(m.get(B).a.x).toBe(1); }); });
