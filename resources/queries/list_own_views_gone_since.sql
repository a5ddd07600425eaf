SELECT uuid FROM own_view_gone WHERE of_agent = :agent AND version > :since AND version <= :up_to;
