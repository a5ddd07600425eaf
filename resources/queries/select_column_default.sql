SELECT dflt_value FROM pragma_table_info(:table) WHERE name = :column;
