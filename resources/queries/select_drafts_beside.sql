-- sorts: at most what one agent typed elsewhere beside the drafts of one conversation
SELECT mode, device, text, content_warning, target FROM draft
WHERE agent = :me AND conversation = :conversation AND device <> '' ORDER BY mode, device DESC;
