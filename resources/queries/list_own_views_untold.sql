-- scans own_view_untold: one has few views, and they are soon told
SELECT uuid FROM own_view_untold LIMIT :limit;
