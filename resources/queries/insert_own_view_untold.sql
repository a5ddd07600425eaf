INSERT INTO own_view_untold (uuid) VALUES (:uuid) ON CONFLICT DO NOTHING;
