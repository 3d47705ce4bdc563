import * as z from 'zod';

/** What a person is called. */
export const aName = z.string().trim().min(1, '先填名字').max(20, '名字最多 20 个字');

/** What a branch is called; those of files may be long. */
export const aBranchName = z.string().trim().min(1, '先填名字').max(40, '名字最多 40 个字');

export const aRole = z.enum(['hq', 'manager', 'clerk']);
