-- What the platform itself has to say of a change of houses, as a word of its texts and not in one language.
alter table swaps.swap add column notice jsonb;
update swaps.swap set notice = '{"code": "contract-void"}', note = null where note = '换租合同作废';
update swaps.swap set notice = '{"code": "exit-begun"}', note = null where note = '已办理退出';
update swaps.swap set notice = '{"code": "not-signed"}', note = null where note = '换租日前未完成签署';
update swaps.swap set notice = jsonb_build_object('code', 'meters-awaited', 'house', split_part(note, '：', 1)), note = null
  where note like '%：待录入水电表读数';
