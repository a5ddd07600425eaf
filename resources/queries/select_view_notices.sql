SELECT id, channel FROM notice WHERE shared_view = :view;
