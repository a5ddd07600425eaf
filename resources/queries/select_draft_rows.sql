SELECT device, text, content_warning, target, based_on, updated_at, media, left_out, language, elsewhere
FROM draft WHERE agent = :me AND conversation = :conversation AND mode = :mode ORDER BY device;
