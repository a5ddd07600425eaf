-- How `given` is declared, and the names of its columns: those of all tables. A virtual one may be damaged.
SELECT 'CREATE TABLE given (' || coalesce(group_concat('"' || name || '", ', ''), '') || '"given rows" HIDDEN)',
    group_concat(name, ' ')
FROM (
    SELECT DISTINCT lower(c.name) AS name
    FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
    WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%'
);
