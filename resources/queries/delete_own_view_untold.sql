DELETE FROM own_view_untold WHERE uuid = :uuid;
