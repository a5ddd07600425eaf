SELECT id FROM message WHERE :name IN ('message', 'target') AND uuid = :uuid AND id < 4611686018427387904
UNION ALL SELECT id FROM delivery WHERE :name = 'delivery' AND uuid = :uuid AND id < 4611686018427387904
UNION ALL SELECT id FROM tag WHERE :name = 'tag' AND uuid = :uuid AND id < 4611686018427387904
UNION ALL SELECT id FROM shared_view WHERE :name IN ('view', 'before') AND uuid = :uuid AND id < 4611686018427387904
UNION ALL SELECT id FROM saved_reply WHERE :name = 'savedReply' AND uuid = :uuid AND id < 4611686018427387904
UNION ALL SELECT id FROM macro WHERE :name = 'macro' AND uuid = :uuid AND id < 4611686018427387904
UNION ALL SELECT id FROM notice WHERE :name = 'notice' AND uuid = :uuid AND id < 4611686018427387904;
