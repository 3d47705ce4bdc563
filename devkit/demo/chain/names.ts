import type { Dice } from '../dice';

/** Surnames by how often they occur in China (per mille, the commonest hundred or so cut to what a town shows). */
const SURNAMES: readonly (readonly [string, number])[] = [
  ...weights(72, '王李张刘陈'),
  ...weights(38, '杨黄赵吴周'),
  ...weights(22, '徐孙马朱胡郭何林高罗'),
  ...weights(13, '郑梁谢宋唐许韩邓冯曹彭曾肖田董'),
  ...weights(7, '潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏'),
  ...weights(3, '付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛顾段郝邵万钱严戴覃武'),
  ...(['欧阳', '上官', '司马', '诸葛', '慕容', '司徒', '皇甫', '端木'] as const).map((s) => [s, 2] as const),
];

const WOMEN_FIRST = '晓雨思佳梦欣诗婉雅静慧美秀淑玉春丽若子可心一芷语清书';
const WOMEN_LAST = '怡婷雯琪萱彤妍洁颖娜琳莹蓉薇岚悦媛芸瑶涵宁然溪晴楠';
const WOMEN_SINGLE = '敏静丽娟芳燕玲霞艳倩颖洁琳婷雪蕾莉佳蓓菲岚萍';
const MEN_FIRST = '志建国文浩宇子俊明嘉天泽一思承景家立永海';
const MEN_LAST = '强军华伟杰涛轩然豪鹏飞辰睿博宁航远峰源洋';
const MEN_SINGLE = '伟强磊洋勇军杰涛超明刚平辉鹏斌波凯';

function weights(weight: number, characters: string): (readonly [string, number])[] {
  return [...characters].map((character) => [character, weight] as const);
}

/**
 * A believable Chinese name of two to four characters. A tea shop's members are mostly women.
 *
 * @example nameOf(diceOf(7)) // → e.g. '陈思怡'
 */
export function nameOf(dice: Dice): string {
  // A few double surnames taken from both parents: long names are a real test of a narrow card.
  const surname = dice.chance(0.006)
    ? dice.pick([...'陈林张李']) + dice.pick([...'杨吴许叶'])
    : dice.weighted(SURNAMES);
  const [first, second, single] = dice.chance(0.74)
    ? [WOMEN_FIRST, WOMEN_LAST, WOMEN_SINGLE]
    : [MEN_FIRST, MEN_LAST, MEN_SINGLE];
  return (
    surname + (dice.chance(0.16) ? dice.pick([...single]) : dice.pick([...first]) + dice.pick([...second]))
  );
}
