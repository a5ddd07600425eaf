-- Nothing until all of it is counted.
SELECT coalesce((SELECT sum(n) FROM view_count AS k WHERE k.view = v.id AND (:owner < 0 OR k.owner = :owner)), 0)
FROM view_filter AS v WHERE v.uuid = :uuid AND v.counted_to = 9223372036854775807;
