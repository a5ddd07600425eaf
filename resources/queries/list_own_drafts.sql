-- scans draft: once, when its agent was disabled; what is not sent of one agent's desk is little
SELECT text, content_warning, media, '' FROM draft;
