<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Clearable</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>Earshot::ActivityGraph</name>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Conversations with their newest message in the last %1 days: %2, today: %3</source>
        <translation>Gespräche mit ihrer neuesten Nachricht in den letzten %1 Tagen: %2, heute: %3</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>mehr als %1</translation>
    </message>
</context>
<context>
    <name>Earshot::AgentsDialog</name>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Name of the agent</source>
        <translation>Name der Person</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>&amp;Rolle</translation>
    </message>
    <message>
        <source>Role of the agent</source>
        <translation>Rolle der Person</translation>
    </message>
    <message>
        <source>reads everything, changes nothing</source>
        <translation>liest alles, ändert nichts</translation>
    </message>
    <message>
        <source>answers, assigns, tags and writes notes</source>
        <translation>antwortet, weist zu, verschlagwortet und schreibt Notizen</translation>
    </message>
    <message>
        <source>also stops sending and keeps saved replies and views</source>
        <translation>hält auch das Senden an und pflegt Textbausteine und Ansichten</translation>
    </message>
    <message>
        <source>also connects channels and says who works here</source>
        <translation>verbindet auch Kanäle und bestimmt, wer hier arbeitet</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>agent and role</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Disabled: can neither start Earshot nor be given work. What was done stays.</source>
        <translation>Deaktiviert: kann weder Earshot starten noch Arbeit bekommen. Was getan wurde, bleibt.</translation>
    </message>
    <message>
        <source>On duty.</source>
        <translation>Im Dienst.</translation>
    </message>
    <message>
        <source>Off duty.</source>
        <translation>Nicht im Dienst.</translation>
    </message>
    <message>
        <source>This is you.</source>
        <translation>Das sind Sie.</translation>
    </message>
    <message>
        <source>Starts with: earshot --agent NAME</source>
        <translation>Startet mit: earshot --agent NAME</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Aktivieren</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Deaktivieren</translation>
    </message>
    <message>
        <source>Enabled.</source>
        <translation>Aktiviert.</translation>
    </message>
    <message>
        <source>Disabled.</source>
        <translation>Deaktiviert.</translation>
    </message>
    <message>
        <source>Only admins can change these.</source>
        <translation>Ändern kann das nur die Verwaltung.</translation>
    </message>
    <message>
        <source>Logs in with a password, which is given on the server: earshotctl agent password NAME</source>
        <translation>Meldet sich mit einem Passwort an, das auf dem Server vergeben wird: earshotctl agent password NAME</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Kolleginnen und Kollegen</translation>
    </message>
    <message>
        <source>&amp;Open conversations at most</source>
        <translation>&amp;Offene Gespräche höchstens</translation>
    </message>
    <message>
        <source>Open conversations of the agent at most</source>
        <translation>Offene Gespräche der Person höchstens</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
</context>
<context>
    <name>Earshot::AheadSigns</name>
    <message>
        <source>waiting for the server</source>
        <translation>wartet auf den Server</translation>
    </message>
</context>
<context>
    <name>Earshot::AnsweringRound</name>
    <message>
        <source>Answer one after ano&amp;ther…</source>
        <translation>N&amp;acheinander beantworten …</translation>
    </message>
    <message>
        <source>S&amp;kip this one</source>
        <translation>Dieses &amp;überspringen</translation>
    </message>
    <message>
        <source>End answering one after another</source>
        <translation>Nacheinander beantworten beenden</translation>
    </message>
    <message>
        <source>Write each by hand</source>
        <translation>Jede Antwort selbst schreiben</translation>
    </message>
    <message numerus="yes">
        <source>Answer %Ln conversation(s), one after another, with</source>
        <translation>
            <numerusform>Ein Gespräch beantworten mit</numerusform>
            <numerusform>%Ln Gespräche nacheinander beantworten mit</numerusform>
        </translation>
    </message>
    <message>
        <source>None of these can be answered from here.</source>
        <translation>Keines davon kann von hier aus beantwortet werden.</translation>
    </message>
    <message numerus="yes">
        <source>Answered %L1 of %Ln conversation(s).</source>
        <translation>
            <numerusform>%L1 von einem Gespräch beantwortet.</numerusform>
            <numerusform>%L1 von %Ln Gesprächen beantwortet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Answering one after another: %L1 of %L2</source>
        <translation>Nacheinander beantworten: %L1 von %L2</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>They are already being answered one after another.</source>
        <translation>Es wird schon nacheinander beantwortet.</translation>
    </message>
    <message>
        <source>Mark several conversations in the list first.</source>
        <translation>Zuerst mehrere Gespräche in der Liste markieren.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more cannot be answered from here.</source>
        <translation>
            <numerusform>%Ln weiteres kann von hier aus nicht beantwortet werden.</numerusform>
            <numerusform>%Ln weitere können von hier aus nicht beantwortet werden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Earshot::AttachmentList</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a picture, and its size</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Description of attachment %1</source>
        <translation>Beschreibung von Anhang %1</translation>
    </message>
    <message>
        <source>Describe it for people who cannot see it</source>
        <translation>Beschreiben Sie es für Menschen, die es nicht sehen können</translation>
    </message>
    <message>
        <source>Remove attachment %1</source>
        <translation>Anhang %1 entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>Earshot::AwayControl</name>
    <message>
        <source>&amp;While you were away…</source>
        <translation>Während Sie &amp;weg waren …</translation>
    </message>
    <message numerus="yes">
        <source>While you were away something was done with %Ln or more of your conversations.</source>
        <translation>
            <numerusform>Während Sie weg waren, ist mit mindestens einem Ihrer Gespräche etwas geschehen.</numerusform>
            <numerusform>Während Sie weg waren, ist mit mindestens %Ln Ihrer Gespräche etwas geschehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>While you were away something was done with %Ln of your conversations.</source>
        <translation>
            <numerusform>Während Sie weg waren, ist mit einem Ihrer Gespräche etwas geschehen.</numerusform>
            <numerusform>Während Sie weg waren, ist mit %Ln Ihrer Gespräche etwas geschehen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Earshot::AwayDialog</name>
    <message>
        <source>Open &amp;conversation</source>
        <translation>Gespräch ö&amp;ffnen</translation>
    </message>
    <message>
        <source>While you were away</source>
        <translation>Während Sie weg waren</translation>
    </message>
    <message>
        <source>What others did with your conversations, newest first</source>
        <translation>Was andere mit Ihren Gesprächen gemacht haben, Neuestes zuerst</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>You were not away long.</source>
        <translation>Sie waren nicht lange weg.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Seit %1.</translation>
    </message>
    <message>
        <source>%1 wrote again</source>
        <translation>%1 hat wieder geschrieben</translation>
    </message>
    <message>
        <source>%1 took back your reply: it is not sent, its words stand in the conversation</source>
        <translation>%1 hat Ihre Antwort zurückgenommen: Sie wird nicht gesendet, ihr Text steht im Gespräch</translation>
    </message>
    <message>
        <source>Nobody did anything with your conversations.</source>
        <translation>Niemand hat etwas mit Ihren Gesprächen gemacht.</translation>
    </message>
    <message>
        <source>There was more: the journal has all of it.</source>
        <translation>Es gab noch mehr: Alles steht im Journal.</translation>
    </message>
    <message>
        <source>This could not be read. %1</source>
        <translation>Das konnte nicht gelesen werden. %1</translation>
    </message>
</context>
<context>
    <name>Earshot::BrowserSignIn</name>
    <message>
        <source>You can close this page and return to Earshot, which completes the sign-in.</source>
        <translation>Sie können diese Seite schließen und zu Earshot zurückkehren, das die Anmeldung abschließt.</translation>
    </message>
    <message>
        <source>You were not signed in. You can close this page and return to Earshot.</source>
        <translation>Sie wurden nicht angemeldet. Sie können diese Seite schließen und zu Earshot zurückkehren.</translation>
    </message>
</context>
<context>
    <name>Earshot::BulkBar</name>
    <message>
        <source>With these</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Unmark</source>
        <translation>Markierung aufheben</translation>
    </message>
    <message>
        <source>Nothing is marked</source>
        <translation>Nichts ist markiert</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversation(s) marked</source>
        <translation>
            <numerusform>%Ln Gespräch markiert</numerusform>
            <numerusform>%Ln Gespräche markiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked, more are not marked at once</source>
        <translation>
            <numerusform>%Ln markiert, mehr auf einmal nicht</numerusform>
            <numerusform>%Ln markiert, mehr auf einmal nicht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1 marked, more are not marked at once</source>
        <translation>
            <numerusform>%Ln von %1 markiert, mehr auf einmal nicht</numerusform>
            <numerusform>%Ln von %1 markiert, mehr auf einmal nicht</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <comment>progress of a deed on many conversations</comment>
        <translation>%1 von %2 erledigt</translation>
    </message>
</context>
<context>
    <name>Earshot::ChannelDialog</name>
    <message>
        <source>Edit a channel</source>
        <translation>Einen Kanal bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Purpose</source>
        <translation>&amp;Zweck</translation>
    </message>
    <message>
        <source>&amp;Seen by</source>
        <translation>Zu se&amp;hen für</translation>
    </message>
    <message>
        <source>P&amp;ulled</source>
        <translation>&amp;Abgefragt</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1 and admins</source>
        <comment>a team</comment>
        <translation>%1 und die Verwaltung</translation>
    </message>
    <message>
        <source>For all others the channel and its conversations do not exist.</source>
        <translation>Für alle anderen gibt es den Kanal und seine Gespräche nicht.</translation>
    </message>
</context>
<context>
    <name>Earshot::ChannelsDialog</name>
    <message>
        <source>Connect a channel…</source>
        <translation>Kanal verbinden …</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>No channel is connected yet</source>
        <translation>Noch ist kein Kanal verbunden</translation>
    </message>
    <message>
        <source>Paste the address of a blog, a feed or an account: what people write there arrives in the inbox.</source>
        <translation>Fügen Sie die Adresse eines Blogs, eines Feeds oder eines Kontos ein: Was dort geschrieben wird, kommt im Eingang an.</translation>
    </message>
    <message>
        <source>Pull now</source>
        <translation>Jetzt abrufen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Sign in again…</source>
        <translation>Neu anmelden …</translation>
    </message>
    <message>
        <source>Stop sending</source>
        <translation>Senden anhalten</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Last pull: %1</source>
        <translation>Letzter Abruf: %1</translation>
    </message>
    <message>
        <source>Next pull: %1</source>
        <translation>Nächster Abruf: %1</translation>
    </message>
    <message>
        <source>Speaks as %1</source>
        <translation>Antwortet als %1</translation>
    </message>
    <message>
        <source>Can be answered from here.</source>
        <translation>Kann von hier aus beantwortet werden.</translation>
    </message>
    <message>
        <source>Read only: cannot be answered from here.</source>
        <translation>Nur zum Lesen: Antworten ist von hier aus nicht möglich.</translation>
    </message>
    <message>
        <source>Sending was stopped by %1. %2</source>
        <translation>Das Senden wurde von %1 angehalten. %2</translation>
    </message>
    <message>
        <source>Resume sending</source>
        <translation>Senden fortsetzen</translation>
    </message>
    <message>
        <source>Pulling…</source>
        <translation>Ruft ab …</translation>
    </message>
    <message>
        <source>Nothing was pulled.</source>
        <translation>Es wurde nichts abgerufen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new message(s).</source>
        <translation>
            <numerusform>%Ln neue Nachricht.</numerusform>
            <numerusform>%Ln neue Nachrichten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking the network…</source>
        <translation>Das Netzwerk wird gefragt …</translation>
    </message>
    <message>
        <source>It works.</source>
        <translation>Es funktioniert.</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Neu anmelden</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Signed in.</source>
        <translation>Angemeldet.</translation>
    </message>
    <message>
        <source>Remove a channel</source>
        <translation>Kanal entfernen</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>Nothing is pulled from it or sent to it any more. Its history stays and can be searched.</source>
        <translation>Von dort wird nichts mehr abgerufen und dorthin nichts mehr gesendet. Der Verlauf bleibt und kann durchsucht werden.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>%1 is connected. Its messages are being pulled.</source>
        <translation>%1 ist verbunden. Die Nachrichten werden abgerufen.</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>For %1, pulled %2</source>
        <comment>a channel&apos;s purpose; how often</comment>
        <translation>Für %1, abgefragt %2</translation>
    </message>
    <message>
        <source>Seen by %1 and admins only.</source>
        <translation>Nur für %1 und die Verwaltung zu sehen.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) left until %1</source>
        <translation>
            <numerusform>Noch %Ln Anfrage bis %1</numerusform>
            <numerusform>Noch %Ln Anfragen bis %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Work since %1; what is older came in resolved.</source>
        <translation>Arbeit seit %1; Älteres wurde als erledigt übernommen.</translation>
    </message>
    <message>
        <source>Changed the channel %1</source>
        <translation>Kanal %1 geändert</translation>
    </message>
    <message>
        <source>Only admins can change these.</source>
        <translation>Ändern kann das nur die Verwaltung.</translation>
    </message>
    <message>
        <source>Leads and admins can stop and resume sending; only admins can change the rest.</source>
        <translation>Leitung und Verwaltung können das Senden anhalten und fortsetzen, alles andere ändert nur die Verwaltung.</translation>
    </message>
    <message>
        <source>An admin connects channels; what people write there arrives in the inbox.</source>
        <translation>Kanäle verbindet die Verwaltung; was dort geschrieben wird, kommt im Eingang an.</translation>
    </message>
</context>
<context>
    <name>Earshot::CheatSheet</name>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>List: go into the conversation</source>
        <translation>Liste: in das Gespräch gehen</translation>
    </message>
    <message>
        <source>Everywhere: back to the list</source>
        <translation>Überall: zurück zur Liste</translation>
    </message>
    <message>
        <source>Conversation: previous or next message</source>
        <translation>Gespräch: vorige oder nächste Nachricht</translation>
    </message>
    <message>
        <source>Conversation: its beginning or its end</source>
        <translation>Gespräch: Anfang oder Ende</translation>
    </message>
    <message>
        <source>Conversation: next link</source>
        <translation>Gespräch: nächster Link</translation>
    </message>
    <message>
        <source>Conversation: open the link</source>
        <translation>Gespräch: den Link öffnen</translation>
    </message>
    <message>
        <source>Conversation: copy what is selected</source>
        <translation>Gespräch: Ausgewähltes kopieren</translation>
    </message>
    <message>
        <source>Views: edit the view</source>
        <translation>Ansichten: die Ansicht bearbeiten</translation>
    </message>
    <message>
        <source>Views: remove the view</source>
        <translation>Ansichten: die Ansicht entfernen</translation>
    </message>
    <message>
        <source>Views: move the view up or down</source>
        <translation>Ansichten: die Ansicht nach oben oder unten verschieben</translation>
    </message>
    <message>
        <source>Editor: name somebody</source>
        <translation>Editor: jemanden nennen</translation>
    </message>
    <message>
        <source>Editor: a saved reply</source>
        <translation>Editor: eine gespeicherte Antwort</translation>
    </message>
    <message>
        <source>Editor: an emoji by its name</source>
        <translation>Editor: ein Emoji nach seinem Namen</translation>
    </message>
    <message>
        <source>Attachment: larger or smaller</source>
        <translation>Anhang: größer oder kleiner</translation>
    </message>
    <message>
        <source>Attachment: as large as it is, or fitted to the window</source>
        <translation>Anhang: in wahrer Größe oder ins Fenster eingepasst</translation>
    </message>
    <message>
        <source>Attachment: previous or next one</source>
        <translation>Anhang: voriger oder nächster</translation>
    </message>
    <message>
        <source>Attachment: save it</source>
        <translation>Anhang: speichern</translation>
    </message>
</context>
<context>
    <name>Earshot::ClosingQuestion</name>
    <message>
        <source>Close Earshot</source>
        <translation>Earshot schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln reply(s) or action(s) have not been sent yet.</source>
        <translation>
            <numerusform>Eine Antwort oder Aktion wurde noch nicht gesendet.</numerusform>
            <numerusform>%Ln Antworten oder Aktionen wurden noch nicht gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>While Earshot is closed nothing is sent.</source>
        <translation>Solange Earshot geschlossen ist, wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Send now and quit</source>
        <translation>Jetzt senden und beenden</translation>
    </message>
    <message>
        <source>Keep for the next start</source>
        <translation>Für den nächsten Start aufheben</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Not everything could be sent.</source>
        <translation>Nicht alles konnte gesendet werden.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Sending… Earshot quits when everything is sent.</source>
        <translation>Wird gesendet … Earshot wird beendet, wenn alles gesendet ist.</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Zurück zur Arbeit</translation>
    </message>
    <message>
        <source>It is still being sent.</source>
        <translation>Es wird noch gesendet.</translation>
    </message>
    <message>
        <source>Earshot quits by itself when everything is sent. What is left when you quit now goes out after the next start; of what is under way just then it may not be known whether it arrived.</source>
        <translation>Earshot wird von selbst beendet, wenn alles gesendet ist. Was beim Beenden jetzt noch übrig ist, wird nach dem nächsten Start gesendet; bei dem, was gerade unterwegs ist, lässt sich vielleicht nicht sagen, ob es angekommen ist.</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>Weiter warten</translation>
    </message>
    <message>
        <source>Quit anyway</source>
        <translation>Trotzdem beenden</translation>
    </message>
    <message>
        <source>Sending goes on, and Earshot stays open.</source>
        <translation>Es wird weiter gesendet, und Earshot bleibt offen.</translation>
    </message>
    <message>
        <source>Everything is sent.</source>
        <translation>Alles ist gesendet.</translation>
    </message>
</context>
<context>
    <name>Earshot::CommandRegistry</name>
    <message>
        <source>“%1” cannot be done now.</source>
        <translation>„%1“ geht gerade nicht.</translation>
    </message>
    <message>
        <source>Cannot be done now.</source>
        <translation>Geht jetzt nicht.</translation>
    </message>
</context>
<context>
    <name>Earshot::Composer</name>
    <message numerus="yes">
        <source>Split into %Ln</source>
        <translation>
            <numerusform>In %Ln Teil aufteilen</numerusform>
            <numerusform>In %Ln Teile aufteilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Everybody can read this.</source>
        <translation>Das können alle lesen.</translation>
    </message>
    <message>
        <source>Our followers and who is named can read this.</source>
        <translation>Das können unsere Follower und die Genannten lesen.</translation>
    </message>
    <message>
        <source>The same post was answered on %1 already (#%2).</source>
        <translation>Derselbe Beitrag wurde auf %1 schon beantwortet (#%2).</translation>
    </message>
    <message>
        <source>The same post also came in on %1 (#%2).</source>
        <translation>Derselbe Beitrag kam auch auf %1 an (#%2).</translation>
    </message>
    <message>
        <source>Content warning</source>
        <translation>Inhaltswarnung</translation>
    </message>
    <message>
        <source>Content warning (optional)</source>
        <translation>Inhaltswarnung (optional)</translation>
    </message>
    <message>
        <source>Move text to…</source>
        <translation>Text verschieben nach …</translation>
    </message>
    <message>
        <source>Close; the draft is kept</source>
        <translation>Schließen; der Entwurf bleibt</translation>
    </message>
    <message>
        <source>Attach…</source>
        <translation>Anhängen …</translation>
    </message>
    <message>
        <source>Attach a picture or video</source>
        <translation>Bild oder Film anhängen</translation>
    </message>
    <message>
        <source>This channel was removed: only notes can be written.</source>
        <translation>Dieser Kanal wurde entfernt: Nur Notizen sind möglich.</translation>
    </message>
    <message>
        <source>This channel can only be read: only notes can be written.</source>
        <translation>Dieser Kanal kann nur gelesen werden: Nur Notizen sind möglich.</translation>
    </message>
    <message>
        <source>This channel has no private replies.</source>
        <translation>Dieser Kanal kennt keine privaten Antworten.</translation>
    </message>
    <message>
        <source>There is no message to answer here yet.</source>
        <translation>Hier gibt es noch keine Nachricht, auf die man antworten könnte.</translation>
    </message>
    <message>
        <source>Only your team sees this. @ mentions a colleague.</source>
        <translation>Das sieht nur Ihr Team. @ erwähnt eine Kollegin oder einen Kollegen.</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>Send privately to %1</source>
        <translation>Privat an %1 senden</translation>
    </message>
    <message>
        <source>Publish as %1</source>
        <translation>Als %1 veröffentlichen</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Handing over…</source>
        <translation>Wird übergeben …</translation>
    </message>
    <message>
        <source>Stays in the workspace</source>
        <translation>Bleibt im Arbeitsbereich</translation>
    </message>
    <message>
        <source>Only %1 can read this.</source>
        <translation>Das kann nur %1 lesen.</translation>
    </message>
    <message>
        <source>Sending is stopped here (%1): the reply will wait.</source>
        <translation>Das Senden ist hier angehalten (%1): Die Antwort wartet.</translation>
    </message>
    <message>
        <source>Answers %1, %2: %3</source>
        <translation>Antwortet %1, %2: %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln too many</source>
        <translation>
            <numerusform>%Ln zu viel</numerusform>
            <numerusform>%Ln zu viel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>noch %Ln</numerusform>
            <numerusform>noch %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>A note takes no files.</source>
        <translation>Eine Notiz nimmt keine Dateien auf.</translation>
    </message>
    <message>
        <source>This draft was begun as an answer to another message.</source>
        <translation>Dieser Entwurf war als Antwort auf eine andere Nachricht begonnen.</translation>
    </message>
    <message>
        <source>Answer that one</source>
        <translation>Jene beantworten</translation>
    </message>
    <message>
        <source>This network takes no files.</source>
        <translation>Dieses Netzwerk nimmt keine Dateien.</translation>
    </message>
    <message numerus="yes">
        <source>This network takes at most %Ln attachment(s).</source>
        <translation>
            <numerusform>Dieses Netzwerk nimmt höchstens einen Anhang.</numerusform>
            <numerusform>Dieses Netzwerk nimmt höchstens %Ln Anhänge.</numerusform>
        </translation>
    </message>
    <message>
        <source>This picture has %1, the network takes %2: it is sent smaller.</source>
        <translation>Dieses Bild hat %1, das Netzwerk nimmt %2: Es wird verkleinert gesendet.</translation>
    </message>
    <message>
        <source>This file is larger than the network takes.</source>
        <translation>Diese Datei ist größer, als das Netzwerk erlaubt.</translation>
    </message>
    <message>
        <source>Only pictures, videos and audio can be attached.</source>
        <translation>Nur Bilder, Filme und Töne können angehängt werden.</translation>
    </message>
    <message>
        <source>The note is empty.</source>
        <translation>Die Notiz ist leer.</translation>
    </message>
    <message>
        <source>The reply is empty.</source>
        <translation>Die Antwort ist leer.</translation>
    </message>
    <message numerus="yes">
        <source>The reply is %Ln character(s) longer than this network takes; it will most likely be refused.</source>
        <translation>
            <numerusform>Die Antwort ist ein Zeichen länger, als dieses Netzwerk erlaubt; sie wird wohl abgelehnt.</numerusform>
            <numerusform>Die Antwort ist %Ln Zeichen länger, als dieses Netzwerk erlaubt; sie wird wohl abgelehnt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>Trotzdem senden</translation>
    </message>
    <message>
        <source>%1 wrote privately. Everybody could read this reply.</source>
        <translation>%1 hat privat geschrieben. Diese Antwort könnten alle lesen.</translation>
    </message>
    <message>
        <source>Publish anyway</source>
        <translation>Trotzdem veröffentlichen</translation>
    </message>
    <message>
        <source>Not sent; the text is kept as a draft. %1</source>
        <translation>Nicht gesendet; der Text bleibt als Entwurf. %1</translation>
    </message>
    <message>
        <source>The note is saved. %1</source>
        <translation>Die Notiz ist gespeichert. %1</translation>
    </message>
    <message>
        <source>Show what is new</source>
        <translation>Neues zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>; saved reply</source>
        <translation>; Textbaustein</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Kolleginnen und Kollegen</translation>
    </message>
    <message>
        <source>Saved replies</source>
        <translation>Textbausteine</translation>
    </message>
    <message>
        <source>%1 is not filled in.</source>
        <translation>%1 ist nicht ausgefüllt.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>No spelling</source>
        <translation>Keine Rechtschreibprüfung</translation>
    </message>
    <message>
        <source>Spelling: %1</source>
        <translation>Rechtschreibung: %1</translation>
    </message>
    <message>
        <source>Resolved with a note</source>
        <translation>Mit einer Notiz erledigt</translation>
    </message>
    <message>
        <source>There was another draft by now: what was taken back stands above it.</source>
        <translation>Inzwischen gab es einen anderen Entwurf: Das Zurückgenommene steht darüber.</translation>
    </message>
    <message>
        <source>Not attached to the draft for %1. %2</source>
        <translation>Nicht an den Entwurf für %1 angehängt. %2</translation>
    </message>
    <message>
        <source>This reply was to resolve the conversation, too.</source>
        <translation>Diese Antwort sollte das Gespräch auch erledigen.</translation>
    </message>
    <message>
        <source>Send and resolve</source>
        <translation>Senden und erledigen</translation>
    </message>
    <message>
        <source>The message that this draft answered is not there any more: it answers the newest one now.</source>
        <translation>Die Nachricht, auf die dieser Entwurf antwortete, ist nicht mehr da: Er antwortet jetzt auf die neueste.</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attachment(s) of this draft stay(s) on your other machine and will not be sent from here.</source>
        <translation>
            <numerusform>%Ln Anhang dieses Entwurfs bleibt auf Ihrem anderen Rechner und wird von hier nicht mitgesendet.</numerusform>
            <numerusform>%Ln Anhänge dieses Entwurfs bleiben auf Ihrem anderen Rechner und werden von hier nicht mitgesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>This draft was sent or discarded on another machine.</source>
        <translation>Dieser Entwurf wurde auf einem anderen Rechner gesendet oder verworfen.</translation>
    </message>
    <message>
        <source>Discard it here</source>
        <translation>Hier verwerfen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Typed on %1 at %2: %3</source>
        <translation>Geschrieben auf %1, %2: %3</translation>
    </message>
    <message>
        <source>Use that</source>
        <translation>Das übernehmen</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meines behalten</translation>
    </message>
    <message>
        <source>What was typed on %1 is discarded.</source>
        <translation>Was auf %1 geschrieben wurde, ist verworfen.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Changes the note by %1, %2: %3</source>
        <translation>Ändert die Notiz von %1, %2: %3</translation>
    </message>
    <message>
        <source>Another note is being edited here: that is not saved yet.</source>
        <translation>Hier wird eine andere Notiz bearbeitet: Das ist noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Discard that and edit the other</source>
        <translation>Das verwerfen und die andere bearbeiten</translation>
    </message>
    <message>
        <source>This note was changed meanwhile: %1</source>
        <translation>Diese Notiz wurde inzwischen geändert: %1</translation>
    </message>
    <message>
        <source>The note that this changes is not there any more.</source>
        <translation>Die Notiz, die dies ändert, gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Make it a new note</source>
        <translation>Eine neue Notiz daraus machen</translation>
    </message>
    <message>
        <source>Note edited</source>
        <translation>Notiz bearbeitet</translation>
    </message>
    <message>
        <source>Typed on %1 at %2: %3 – for another note: %4</source>
        <translation>Geschrieben auf %1, %2: %3 – für eine andere Notiz: %4</translation>
    </message>
    <message>
        <source>Typed on %1 at %2: %3 – for a note that is not there any more</source>
        <translation>Geschrieben auf %1, %2: %3 – für eine Notiz, die es nicht mehr gibt</translation>
    </message>
    <message>
        <source>Edit that one</source>
        <translation>Jene bearbeiten</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Typed on %1 at %2, perhaps for another note: %3</source>
        <translation>Geschrieben auf %1, %2, vielleicht für eine andere Notiz: %3</translation>
    </message>
    <message>
        <source>That note is not there any more.</source>
        <translation>Jene Notiz gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The reply is kept and goes to the server. It is shown here when it comes from there.</source>
        <translation>Die Antwort ist aufgehoben und geht zum Server. Sie erscheint hier, wenn sie von dort kommt.</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>Trotzdem speichern</translation>
    </message>
    <message>
        <source>The attachment is still being read. The reply goes out when it is there.</source>
        <translation>Der Anhang wird noch gelesen. Die Antwort wird gesendet, sobald er da ist.</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>Not sent. %1</source>
        <translation>Nicht gesendet. %1</translation>
    </message>
    <message>
        <source>A reply still waits for its attachment. Close when it has gone, or choose “Do not send” where it is.</source>
        <translation>Eine Antwort wartet noch auf ihren Anhang. Schließen geht, wenn sie abgegangen ist oder dort „Nicht senden“ gewählt wurde.</translation>
    </message>
    <message>
        <source>The reply to %1 is not sent: its attachment was still being read. It is kept as a draft.</source>
        <translation>Die Antwort an %1 wird nicht gesendet: Ihr Anhang wurde noch gelesen. Sie bleibt als Entwurf erhalten.</translation>
    </message>
    <message>
        <source>Not sent yet: the reply was changed while its attachment was being read.</source>
        <translation>Noch nicht gesendet: Die Antwort wurde geändert, während ihr Anhang gelesen wurde.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Begin a reply or a note first.</source>
        <translation>Beginnen Sie zuerst eine Antwort oder eine Notiz.</translation>
    </message>
    <message>
        <source>Send what is written</source>
        <translation>Geschriebenes senden</translation>
    </message>
    <message>
        <source>Send what is written and resolve</source>
        <translation>Geschriebenes senden und erledigen</translation>
    </message>
    <message>
        <source>Next gap of a saved reply</source>
        <translation>Nächste Lücke eines Textbausteins</translation>
    </message>
    <message>
        <source>Close the editor; the draft is kept</source>
        <translation>Schreibfeld schließen; der Entwurf bleibt</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a button does and its key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 saves</source>
        <translation>%1 speichert</translation>
    </message>
    <message>
        <source>%1 sends</source>
        <translation>%1 sendet</translation>
    </message>
    <message>
        <source>%1 resolves too</source>
        <translation>%1 erledigt auch</translation>
    </message>
    <message>
        <source>%1 closes</source>
        <translation>%1 schließt</translation>
    </message>
    <message>
        <source>People in this thread</source>
        <translation>Wer in diesem Thema ist</translation>
    </message>
    <message>
        <source>Attach a picture or video…</source>
        <translation>Bild oder Video anhängen …</translation>
    </message>
    <message>
        <source>Nothing can be attached to this.</source>
        <translation>Hieran kann nichts angehängt werden.</translation>
    </message>
    <message>
        <source>Language of the spelling…</source>
        <translation>Sprache der Rechtschreibung …</translation>
    </message>
    <message>
        <source>No dictionary is installed here.</source>
        <translation>Hier ist kein Wörterbuch installiert.</translation>
    </message>
</context>
<context>
    <name>Earshot::ConnectDialog</name>
    <message>
        <source>Connect a channel</source>
        <translation>Kanal verbinden</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Paste an address</source>
        <translation>Adresse einfügen</translation>
    </message>
    <message>
        <source>A blog, a feed, an account (@name@host), a hashtag (#name@host), words to listen for (search:words@host). Earshot finds out what is there.</source>
        <translation>Ein Blog, ein Feed, ein Konto (@name@server), ein Hashtag (#name@server) oder Wörter, auf die zu achten ist (search:wörter@server). Earshot sieht nach, was es dort gibt.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>blog.example.com or @acme@social.example</source>
        <translation>blog.example.com oder @acme@social.example</translation>
    </message>
    <message>
        <source>What we found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Name of the channel</source>
        <translation>Name des Kanals</translation>
    </message>
    <message>
        <source>How far back</source>
        <translation>Wie weit zurück</translation>
    </message>
    <message>
        <source> days</source>
        <comment>after a number</comment>
        <translation> Tage</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Looking at what is there…</source>
        <translation>Es wird nachgesehen, was es dort gibt …</translation>
    </message>
    <message>
        <source>Nothing was found there that Earshot can read. Is the address complete?</source>
        <translation>Dort wurde nichts gefunden, was Earshot lesen kann. Ist die Adresse vollständig?</translation>
    </message>
    <message>
        <source>What we found at %1</source>
        <translation>Was unter %1 gefunden wurde</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>This is connected already.</source>
        <translation>Das ist schon verbunden.</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>All of it is connected already.</source>
        <translation>Alles davon ist schon verbunden.</translation>
    </message>
    <message>
        <source>Connected already as %1.</source>
        <translation>Schon verbunden als %1.</translation>
    </message>
    <message>
        <source>%1 is connected and delivers the same.</source>
        <translation>%1 ist verbunden und liefert dasselbe.</translation>
    </message>
    <message>
        <source>Connecting… Cancel takes it back.</source>
        <translation>Wird verbunden… Abbrechen nimmt es zurück.</translation>
    </message>
</context>
<context>
    <name>Earshot::ContactCard</name>
    <message>
        <source>Same person as…</source>
        <translation>Dieselbe Person wie …</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Jemand anders</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Where they write</source>
        <translation>Wo diese Person schreibt</translation>
    </message>
    <message>
        <source>What was merged by mistake becomes a contact of its own again</source>
        <translation>Was aus Versehen zusammengelegt wurde, wird wieder ein eigener Kontakt</translation>
    </message>
    <message>
        <source>Open the profile on the network</source>
        <translation>Das Profil im Netzwerk öffnen</translation>
    </message>
    <message>
        <source>%1 is a contact of its own again</source>
        <translation>%1 ist wieder ein eigener Kontakt</translation>
    </message>
    <message>
        <source>Who is the same person?</source>
        <translation>Wer ist dieselbe Person?</translation>
    </message>
    <message>
        <source>A name, a handle, or a conversation&apos;s number, like #4411</source>
        <translation>Ein Name, ein Handle oder die Nummer einer Konversation wie #4411</translation>
    </message>
    <message>
        <source>The person of %1</source>
        <translation>Die Person aus %1</translation>
    </message>
    <message>
        <source>Merged %1 with %2</source>
        <translation>%1 mit %2 zusammengeführt</translation>
    </message>
    <message>
        <source>There is no conversation %1.</source>
        <translation>Es gibt kein Gespräch %1.</translation>
    </message>
    <message>
        <source>They are one contact already.</source>
        <translation>Sie sind schon ein Kontakt.</translation>
    </message>
</context>
<context>
    <name>Earshot::ContactSide</name>
    <message>
        <source>Other conversations of this contact</source>
        <translation>Andere Gespräche dieses Kontakts</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>No other conversations</source>
        <translation>Keine anderen Gespräche</translation>
    </message>
    <message numerus="yes">
        <source>%Ln other conversation(s)</source>
        <translation>
            <numerusform>%Ln anderes Gespräch</numerusform>
            <numerusform>%Ln andere Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>This could not be read. %1</source>
        <translation>Das konnte nicht gelesen werden. %1</translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln other conversation(s)</source>
        <translation>
            <numerusform>Das neueste andere Gespräch</numerusform>
            <numerusform>Die neuesten %Ln anderen Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>All conversations…</source>
        <translation>Alle Gespräche …</translation>
    </message>
    <message>
        <source>All that was written with this contact, in a window of its own</source>
        <translation>Alles, was mit diesem Kontakt geschrieben wurde, in einem eigenen Fenster</translation>
    </message>
</context>
<context>
    <name>Earshot::ContactWindow</name>
    <message>
        <source>&amp;Open in the main window</source>
        <translation>Im &amp;Hauptfenster öffnen</translation>
    </message>
    <message>
        <source>Open in its own &amp;window</source>
        <translation>In eigenem &amp;Fenster öffnen</translation>
    </message>
    <message>
        <source>Choose a conversation first.</source>
        <translation>Zuerst ein Gespräch wählen.</translation>
    </message>
    <message>
        <source>This contact is the same person as…</source>
        <translation>Dieser Kontakt ist dieselbe Person wie …</translation>
    </message>
    <message>
        <source>It is not known yet who this is.</source>
        <translation>Noch ist nicht bekannt, wer das ist.</translation>
    </message>
    <message>
        <source>Next &amp;pane</source>
        <translation>Nächster &amp;Bereich</translation>
    </message>
    <message>
        <source>Previous p&amp;ane</source>
        <translation>V&amp;origer Bereich</translation>
    </message>
    <message>
        <source>Do what the &amp;message below offers</source>
        <translation>Tun, was die &amp;Meldung unten anbietet</translation>
    </message>
    <message>
        <source>No message offers anything.</source>
        <translation>Keine Meldung bietet etwas an.</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>&amp;Tastatur</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Conversation</source>
        <translation>&amp;Gespräch</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;Liste</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Do it anyway</source>
        <translation>Trotzdem tun</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>This contact is no longer here, or you may no longer see it.</source>
        <translation>Dieser Kontakt ist nicht mehr hier, oder Sie dürfen ihn nicht mehr sehen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversation(s)</source>
        <translation>
            <numerusform>%Ln Gespräch</numerusform>
            <numerusform>%Ln Gespräche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln offen</numerusform>
            <numerusform>%Ln offen</numerusform>
        </translation>
    </message>
    <message>
        <source>This could not be read. %1</source>
        <translation>Das konnte nicht gelesen werden. %1</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>Alle Gespräche</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>%1 · all conversations</source>
        <comment>window title; %1 is a contact</comment>
        <translation>%1 · alle Gespräche</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>window title; %2 is a state</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>This window closes as soon as what you did is done.</source>
        <translation>Dieses Fenster schließt sich, sobald fertig ist, was Sie getan haben.</translation>
    </message>
</context>
<context>
    <name>Earshot::ConversationActions</name>
    <message>
        <source>Assign to &amp;me</source>
        <translation>&amp;Mir zuweisen</translation>
    </message>
    <message>
        <source>&amp;Assign…</source>
        <translation>&amp;Zuweisen …</translation>
    </message>
    <message>
        <source>&amp;Give back to the team</source>
        <translation>Ans Team zurück&amp;geben</translation>
    </message>
    <message>
        <source>&amp;Tag…</source>
        <translation>&amp;Schlagwort …</translation>
    </message>
    <message>
        <source>&amp;Priority…</source>
        <translation>&amp;Priorität …</translation>
    </message>
    <message>
        <source>&amp;Snooze…</source>
        <translation>Zurück&amp;stellen …</translation>
    </message>
    <message>
        <source>R&amp;esolve</source>
        <translation>&amp;Erledigen</translation>
    </message>
    <message>
        <source>Resolve with &amp;reason…</source>
        <translation>Erledigen mit G&amp;rund …</translation>
    </message>
    <message>
        <source>Spa&amp;m</source>
        <translation>Spa&amp;m</translation>
    </message>
    <message>
        <source>Re&amp;open</source>
        <translation>Wieder ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Nobody: back to the team</source>
        <translation>Niemand: zurück ans Team</translation>
    </message>
    <message numerus="yes">
        <source>Assign %Ln conversation(s) to</source>
        <translation>
            <numerusform>Gespräch zuweisen an</numerusform>
            <numerusform>%Ln Gespräche zuweisen an</numerusform>
        </translation>
    </message>
    <message>
        <source>choose to remove</source>
        <translation>zum Entfernen wählen</translation>
    </message>
    <message numerus="yes">
        <source>Tag %Ln conversation(s)</source>
        <translation>
            <numerusform>Schlagwort für das Gespräch</numerusform>
            <numerusform>Schlagwort für %Ln Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>New tag “%1”</source>
        <translation>Neues Schlagwort „%1“</translation>
    </message>
    <message>
        <source>Removed the tag %1</source>
        <translation>Schlagwort %1 entfernt</translation>
    </message>
    <message>
        <source>Tagged with %1</source>
        <translation>Schlagwort %1 gesetzt</translation>
    </message>
    <message numerus="yes">
        <source>Snooze %Ln conversation(s) until</source>
        <translation>
            <numerusform>Gespräch zurückstellen bis</numerusform>
            <numerusform>%Ln Gespräche zurückstellen bis</numerusform>
        </translation>
    </message>
    <message>
        <source>Snoozed until %1</source>
        <translation>Zurückgestellt bis %1</translation>
    </message>
    <message numerus="yes">
        <source>Priority of %Ln conversation(s)</source>
        <translation>
            <numerusform>Priorität des Gesprächs</numerusform>
            <numerusform>Priorität von %Ln Gesprächen</numerusform>
        </translation>
    </message>
    <message>
        <source>Priority is now %1</source>
        <translation>Priorität ist jetzt %1</translation>
    </message>
    <message numerus="yes">
        <source>Resolve %Ln conversation(s) as</source>
        <translation>
            <numerusform>Gespräch erledigen als</numerusform>
            <numerusform>%Ln Gespräche erledigen als</numerusform>
        </translation>
    </message>
    <message>
        <source>Resolved as %1</source>
        <translation>Erledigt als: %1</translation>
    </message>
    <message>
        <source>Resolved as spam</source>
        <translation>Als Spam erledigt</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder offen</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Rückgängig gemacht: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them could not be done:</source>
        <translation>
            <numerusform>Eines ging nicht:</numerusform>
            <numerusform>%Ln davon gingen nicht:</numerusform>
        </translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2: %3</source>
        <translation>Angehalten nach %1 von %2: %3</translation>
    </message>
    <message>
        <source>On a day…</source>
        <translation>Anderer Zeitpunkt …</translation>
    </message>
    <message>
        <source>Snooze until</source>
        <translation>Zurückstellen bis</translation>
    </message>
    <message>
        <source>Macro…</source>
        <translation>Makro …</translation>
    </message>
    <message>
        <source>%1 begins a reply: it works on one conversation at a time.</source>
        <translation>%1 beginnt eine Antwort: das geht nur mit einem Gespräch auf einmal.</translation>
    </message>
    <message>
        <source>Macro %1</source>
        <translation>Makro %1</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>answered this contact last</source>
        <translation>hat diesem Kontakt zuletzt geantwortet</translation>
    </message>
    <message>
        <source>Spread evenly over those on duty…</source>
        <translation>Gleichmäßig auf alle im Dienst verteilen …</translation>
    </message>
    <message>
        <source>Nobody is on duty.</source>
        <translation>Niemand ist im Dienst.</translation>
    </message>
    <message>
        <source>Assign them so</source>
        <translation>So zuweisen</translation>
    </message>
    <message>
        <source>%1 more: %2 open then</source>
        <comment>of a person who is given work</comment>
        <translation>%1 dazu: dann %2 offen</translation>
    </message>
    <message numerus="yes">
        <source>Spread %Ln conversation(s) over those on duty</source>
        <translation>
            <numerusform>%Ln Gespräch auf alle im Dienst verteilt</numerusform>
            <numerusform>%Ln Gespräche auf alle im Dienst verteilt</numerusform>
        </translation>
    </message>
    <message>
        <source>Duplicate of another…</source>
        <translation>Dublette eines anderen …</translation>
    </message>
    <message>
        <source>Which conversation is this a duplicate of?</source>
        <translation>Von welchem Gespräch ist dies eine Dublette?</translation>
    </message>
    <message>
        <source>Its number, like #4411</source>
        <translation>Seine Nummer, etwa #4411</translation>
    </message>
    <message>
        <source>A duplicate of %1</source>
        <translation>Eine Dublette von %1</translation>
    </message>
    <message>
        <source>There is no conversation %1.</source>
        <translation>Es gibt kein Gespräch %1.</translation>
    </message>
    <message>
        <source>Resolved as a duplicate of #%1</source>
        <translation>Als Dublette von #%1 erledigt</translation>
    </message>
    <message>
        <source>%1 begins a reply, but this channel can only be read.</source>
        <translation>%1 beginnt eine Antwort, aber dieser Kanal kann nur gelesen werden.</translation>
    </message>
    <message>
        <source>Spread over those on duty</source>
        <translation>Auf die Diensthabenden verteilt</translation>
    </message>
    <message>
        <source>Something else is still being done. Try again in a moment.</source>
        <translation>Es wird noch etwas ausgeführt. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Choose a conversation first.</source>
        <translation>Zuerst ein Gespräch wählen.</translation>
    </message>
    <message>
        <source>It is already assigned to you.</source>
        <translation>Es ist Ihnen bereits zugewiesen.</translation>
    </message>
    <message>
        <source>Nobody has it; it is the team&apos;s.</source>
        <translation>Niemand hat es: Es gehört dem Team.</translation>
    </message>
    <message>
        <source>It is open.</source>
        <translation>Es ist offen.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Assigned to you</source>
        <translation>Ihnen zugewiesen</translation>
    </message>
    <message>
        <source>Given back to the team</source>
        <translation>An das Team zurückgegeben</translation>
    </message>
    <message>
        <source>Assigned to %1</source>
        <translation>%1 zugewiesen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a deed, and on what it was done</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversation(s)</source>
        <translation>
            <numerusform>%Ln Gespräch</numerusform>
            <numerusform>%Ln Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>This conversation has not been read yet. Try again in a moment.</source>
        <translation>Dieses Gespräch ist noch nicht geladen. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>“Undo” goes on with the rest.</source>
        <translation>„Rückgängig“ setzt mit dem Rest fort.</translation>
    </message>
    <message>
        <source>The reply has not come back from the server yet. When it is shown it can be taken back where it stands; as long as it waits also in “Outbox and trouble”.</source>
        <translation>Die Antwort ist noch nicht vom Server zurückgekommen. Sobald sie zu sehen ist, lässt sie sich dort zurücknehmen, wo sie steht; solange sie wartet, auch unter „Ausgang und Störungen“.</translation>
    </message>
    <message>
        <source>This takes a while; you can go on working meanwhile.</source>
        <translation>Das dauert etwas; inzwischen kann weitergearbeitet werden.</translation>
    </message>
    <message>
        <source>This waits until what is being done to very many is done: %1</source>
        <translation>Das wartet, bis fertig ist, was mit sehr vielen geschieht: %1</translation>
    </message>
    <message>
        <source>Very many are being worked on already. Wait until that is done, or stop it; fewer can be worked on meanwhile.</source>
        <translation>Es werden schon sehr viele bearbeitet. Das Ende abwarten oder anhalten; mit wenigen kann inzwischen gearbeitet werden.</translation>
    </message>
    <message>
        <source>full</source>
        <translation>voll</translation>
    </message>
    <message>
        <source>Everybody on duty is full.</source>
        <translation>Alle im Dienst haben so viel, wie sie haben sollen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stay(s) as is: everybody is full then</source>
        <translation>
            <numerusform>%Ln bleibt, wie es ist: dann sind alle voll</numerusform>
            <numerusform>%Ln bleiben, wie sie sind: dann sind alle voll</numerusform>
        </translation>
    </message>
    <message>
        <source>Note saved</source>
        <translation>Notiz gespeichert</translation>
    </message>
    <message>
        <source>A note stays once it is saved; “Edit note” changes it.</source>
        <translation>Eine gespeicherte Notiz bleibt; „Notiz bearbeiten“ ändert sie.</translation>
    </message>
    <message>
        <source>A note stays once it is saved; %1 changes it.</source>
        <translation>Eine gespeicherte Notiz bleibt; %1 ändert sie.</translation>
    </message>
</context>
<context>
    <name>Earshot::ConversationHeader</name>
    <message>
        <source>Ask the network for news now</source>
        <translation>Das Netzwerk jetzt nach Neuem fragen</translation>
    </message>
    <message>
        <source>Open on the network</source>
        <translation>Im Netzwerk öffnen</translation>
    </message>
    <message>
        <source>unassigned</source>
        <translation>nicht zugewiesen</translation>
    </message>
    <message>
        <source>%1 has this</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
    <message>
        <source>from before the channel was connected</source>
        <translation>von vor dem Verbinden des Kanals</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more open</source>
        <translation>
            <numerusform>%Ln weiteres offen</numerusform>
            <numerusform>%Ln weitere offen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more open conversation(s) of this contact</source>
        <translation>
            <numerusform>%Ln weiteres offenes Gespräch dieses Kontakts</numerusform>
            <numerusform>%Ln weitere offene Gespräche dieses Kontakts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Take all %Ln</source>
        <translation>
            <numerusform>Alle %Ln über&amp;nehmen</numerusform>
            <numerusform>Alle %Ln über&amp;nehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Resolve all %Ln</source>
        <translation>
            <numerusform>Alle %Ln er&amp;ledigen</numerusform>
            <numerusform>Alle %Ln er&amp;ledigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Resolve this one as a &amp;duplicate of</source>
        <translation>Dieses als &amp;Wiederholung erledigen von</translation>
    </message>
    <message>
        <source>Repeats #%1</source>
        <translation>Wiederholt #%1</translation>
    </message>
    <message>
        <source>Show what this one repeats: #%1</source>
        <translation>Zeigen, was dieses wiederholt: #%1</translation>
    </message>
    <message>
        <source>Over %L1 more not resolved</source>
        <translation>Über %L1 weitere nicht erledigt</translation>
    </message>
    <message>
        <source>Over %L1 more conversations of this contact are not resolved</source>
        <translation>Über %L1 weitere Gespräche dieses Kontakts sind nicht erledigt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more not resolved</source>
        <translation>
            <numerusform>%Ln weiteres nicht erledigt</numerusform>
            <numerusform>%Ln weitere nicht erledigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more conversation(s) of this contact not resolved</source>
        <translation>
            <numerusform>%Ln weiteres Gespräch dieses Kontakts ist nicht erledigt</numerusform>
            <numerusform>%Ln weitere Gespräche dieses Kontakts sind nicht erledigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln older one(s)</source>
        <translation>
            <numerusform>und ein älteres</numerusform>
            <numerusform>und %Ln ältere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Take the newest %Ln</source>
        <translation>
            <numerusform>Das neueste über&amp;nehmen</numerusform>
            <numerusform>Die neuesten %Ln über&amp;nehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Resolve the newest %Ln</source>
        <translation>
            <numerusform>Das neueste &amp;erledigen</numerusform>
            <numerusform>Die neuesten %Ln &amp;erledigen</numerusform>
        </translation>
    </message>
    <message>
        <source>All con&amp;versations of this contact…</source>
        <translation>Alle &amp;Gespräche dieses Kontakts …</translation>
    </message>
</context>
<context>
    <name>Earshot::ConversationListModel</name>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>Not delivered</source>
        <translation>Nicht zugestellt</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>No longer here</source>
        <translation>Nicht mehr hier</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Snoozed until %1</source>
        <translation>Zurückgestellt bis %1</translation>
    </message>
    <message>
        <source>You took this</source>
        <translation>Sie haben das übernommen</translation>
    </message>
    <message>
        <source>%1 took this</source>
        <translation>%1 hat das übernommen</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Back in the queue</source>
        <translation>Wieder in der Warteschlange</translation>
    </message>
    <message>
        <source>unseen</source>
        <translation>ungesehen</translation>
    </message>
    <message>
        <source>needs an answer</source>
        <translation>braucht eine Antwort</translation>
    </message>
    <message>
        <source>assigned to %1</source>
        <translation>%1 zugewiesen</translation>
    </message>
    <message>
        <source>a reply was not delivered</source>
        <translation>eine Antwort wurde nicht zugestellt</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>markiert</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>Zeile %1 von %2</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
    <message>
        <source>row %1 of more than %2</source>
        <translation>Zeile %1 von mehr als %2</translation>
    </message>
    <message>
        <source>The trouble is over</source>
        <translation>Die Störung ist vorbei</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder offen</translation>
    </message>
    <message>
        <source>The tag %1 was taken off</source>
        <translation>Schlagwort %1 entfernt</translation>
    </message>
    <message>
        <source>Tagged with %1</source>
        <translation>Schlagwort %1 gesetzt</translation>
    </message>
    <message>
        <source>Priority is now %1</source>
        <translation>Priorität ist jetzt %1</translation>
    </message>
    <message>
        <source>waits %1</source>
        <comment>for how long: 3 h</comment>
        <translation>wartet %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>who wrote a note, and its beginning</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>same thread as above</source>
        <translation>dasselbe Thema wie darüber</translation>
    </message>
</context>
<context>
    <name>Earshot::ConversationPane</name>
    <message>
        <source>%1 wrote again.</source>
        <translation>%1 hat wieder geschrieben.</translation>
    </message>
    <message>
        <source>This was answered on the network.</source>
        <translation>Das wurde im Netzwerk beantwortet.</translation>
    </message>
    <message>
        <source>%1 answered.</source>
        <translation>%1 hat geantwortet.</translation>
    </message>
    <message>
        <source>Something changed in this conversation.</source>
        <translation>In diesem Gespräch hat sich etwas geändert.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new message(s) on this channel.</source>
        <translation>
            <numerusform>%Ln neue Nachricht auf diesem Kanal.</numerusform>
            <numerusform>%Ln neue Nachrichten auf diesem Kanal.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new on this channel.</source>
        <translation>Nichts Neues auf diesem Kanal.</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>This conversation no longer exists.</source>
        <translation>Dieses Gespräch gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>This conversation could not be read. %1</source>
        <translation>Dieses Gespräch konnte nicht gelesen werden. %1</translation>
    </message>
    <message>
        <source>What was taken back stands in its conversation.</source>
        <translation>Das Zurückgenommene steht in seinem Gespräch.</translation>
    </message>
    <message>
        <source>Another reply is just being handed over: this one was not begun.</source>
        <translation>Gerade wird eine andere Antwort übergeben: Diese wurde nicht begonnen.</translation>
    </message>
    <message>
        <source>Choose a conversation in the list. Its messages, notes and replies appear here.</source>
        <translation>Wählen Sie ein Gespräch in der Liste. Seine Nachrichten, Notizen und Antworten erscheinen hier.</translation>
    </message>
    <message>
        <source>The reply was not begun: its conversation was left before it was there. It begins when you come back to it.</source>
        <translation>Die Antwort wurde nicht begonnen: Ihr Gespräch wurde verlassen, bevor es da war. Sie beginnt, wenn Sie dorthin zurückkehren.</translation>
    </message>
    <message>
        <source>The reply was taken back. Its text stands in its conversation.</source>
        <translation>Die Antwort wurde zurückgenommen. Ihr Text steht in ihrem Gespräch.</translation>
    </message>
    <message>
        <source>A text was here already: the new one stands below it.</source>
        <translation>Hier stand schon ein Text: Der neue steht darunter.</translation>
    </message>
    <message>
        <source>The reply was not begun. %1</source>
        <translation>Die Antwort wurde nicht begonnen. %1</translation>
    </message>
    <message>
        <source>This message belongs to no conversation in the inbox. Choose one that does.</source>
        <translation>Diese Nachricht gehört zu keinem Gespräch im Posteingang. Wählen Sie eine, die zu einem gehört.</translation>
    </message>
</context>
<context>
    <name>Earshot::ConversationTable</name>
    <message numerus="yes">
        <source>%Ln conversation(s)</source>
        <translation>
            <numerusform>%Ln Gespräch</numerusform>
            <numerusform>%Ln Gespräche</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Earshot::ConversationWindow</name>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Conversation</source>
        <translation>&amp;Gespräch</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Do it anyway</source>
        <translation>Trotzdem tun</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>%1 · #%2</source>
        <comment>window title</comment>
        <translation>%1 · #%2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>window title; %2 is a state</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>Earshot::DesktopPresence</name>
    <message>
        <source>Switch notifications &amp;off</source>
        <translation>Benachrichtigungen &amp;ausschalten</translation>
    </message>
    <message>
        <source>Switch notifications o&amp;n</source>
        <translation>Benachrichtigungen &amp;einschalten</translation>
    </message>
    <message>
        <source>&amp;Keep running in the tray when closed</source>
        <translation>Beim Schließen im Systemabschnitt &amp;weiterlaufen</translation>
    </message>
    <message>
        <source>&amp;Quit when closed</source>
        <translation>Beim Schließen &amp;beenden</translation>
    </message>
    <message>
        <source>&amp;Show the window</source>
        <translation>Fenster &amp;zeigen</translation>
    </message>
</context>
<context>
    <name>Earshot::DevicesDialog</name>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Whose devices</source>
        <translation>Wessen Geräte</translation>
    </message>
    <message>
        <source>&amp;Whose devices</source>
        <translation>&amp;Wessen Geräte</translation>
    </message>
    <message>
        <source>Devices that are logged in</source>
        <translation>Angemeldete Geräte</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>&amp;Log out</source>
        <translation>&amp;Abmelden</translation>
    </message>
    <message>
        <source>Log out and &amp;erase…</source>
        <translation>Abmelden und &amp;löschen …</translation>
    </message>
    <message>
        <source>erased at %1</source>
        <translation>gelöscht am %1</translation>
    </message>
    <message>
        <source>logged in</source>
        <translation>angemeldet</translation>
    </message>
    <message>
        <source>Log out and erase</source>
        <translation>Abmelden und löschen</translation>
    </message>
    <message>
        <source>%1 is logged out now. When it next reaches the server it deletes everything that it keeps of this workspace, also what was typed there and not sent.</source>
        <translation>%1 wird jetzt abgemeldet. Wenn das Gerät den Server das nächste Mal erreicht, löscht es alles, was es von diesem Arbeitsbereich aufbewahrt, auch was dort geschrieben und nicht gesendet wurde.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>No device is logged in.</source>
        <translation>Kein Gerät ist angemeldet.</translation>
    </message>
    <message>
        <source>to be erased: asked for at %1, not seen since</source>
        <translation>wird gelöscht: angeordnet am %1, seitdem nicht gesehen</translation>
    </message>
</context>
<context>
    <name>Earshot::DutyControl</name>
    <message>
        <source>Go on &amp;duty</source>
        <translation>&amp;Dienst beginnen</translation>
    </message>
    <message>
        <source>Go o&amp;ff duty…</source>
        <translation>D&amp;ienst beenden …</translation>
    </message>
    <message>
        <source>You are on duty.</source>
        <translation>Sie sind im Dienst.</translation>
    </message>
    <message>
        <source>You are off duty.</source>
        <translation>Sie sind nicht im Dienst.</translation>
    </message>
    <message>
        <source>You are on duty already.</source>
        <translation>Sie sind schon im Dienst.</translation>
    </message>
    <message>
        <source>You are off duty already.</source>
        <translation>Sie sind schon außer Dienst.</translation>
    </message>
</context>
<context>
    <name>Earshot::DutyDialog</name>
    <message>
        <source>Go off duty</source>
        <translation>Dienst beenden</translation>
    </message>
    <message>
        <source>This is yours. What you keep and have snoozed wakes in the team&apos;s queue while you are off duty.</source>
        <translation>Das gehört Ihnen. Was Sie behalten und zurückgestellt haben, erwacht beim Team, solange Sie nicht im Dienst sind.</translation>
    </message>
    <message>
        <source>My conversations</source>
        <translation>Meine Gespräche</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Was damit geschieht</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>What becomes of all of them</source>
        <translation>Was mit allen geschieht</translation>
    </message>
    <message>
        <source>&amp;All of them</source>
        <translation>&amp;Alle</translation>
    </message>
    <message>
        <source>&amp;Go off duty</source>
        <translation>&amp;Dienst beenden</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Back to the team</source>
        <translation>Zurück ans Team</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>An %1</translation>
    </message>
    <message>
        <source>To %1 (off duty)</source>
        <translation>An %1 (nicht im Dienst)</translation>
    </message>
    <message>
        <source>with a draft of yours</source>
        <translation>mit einem Entwurf von Ihnen</translation>
    </message>
    <message>
        <source>What becomes of %1</source>
        <translation>Was mit %1 geschieht</translation>
    </message>
    <message>
        <source>Note on %1</source>
        <translation>Notiz zu %1</translation>
    </message>
    <message>
        <source>My draft: %1</source>
        <translation>Mein Entwurf: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more is not listed one by one. What is chosen for all of them is done with it, too.</source>
        <translation>
            <numerusform>%Ln weiteres wird nicht einzeln aufgeführt. Was für alle gewählt ist, geschieht auch damit.</numerusform>
            <numerusform>%Ln weitere werden nicht einzeln aufgeführt. Was für alle gewählt ist, geschieht auch damit.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is resolved: there is nothing to hand over. Your draft stays.</source>
        <translation>Es ist erledigt: Es gibt nichts zu übergeben. Ihr Entwurf bleibt.</translation>
    </message>
    <message>
        <source>It isn&apos;t assigned to you, so you cannot hand it over. Your draft there stays.</source>
        <translation>Es ist nicht Ihnen zugewiesen, Sie können es nicht übergeben. Ihr Entwurf dort bleibt.</translation>
    </message>
    <message>
        <source>Resolved: your draft stays</source>
        <translation>Erledigt: Ihr Entwurf bleibt</translation>
    </message>
    <message>
        <source>Not yours: your draft stays</source>
        <translation>Nicht Ihres: Ihr Entwurf bleibt</translation>
    </message>
</context>
<context>
    <name>Earshot::EmptyList</name>
    <message>
        <source>Nothing to do on this channel</source>
        <translation>Auf diesem Kanal ist nichts zu tun</translation>
    </message>
    <message>
        <source>What people write there appears here by itself. Its page says how it is doing.</source>
        <translation>Was dort geschrieben wird, erscheint hier von selbst. Wie es ihm geht, sagt seine Seite.</translation>
    </message>
    <message>
        <source>Show the channel</source>
        <translation>Kanal zeigen</translation>
    </message>
    <message>
        <source>No conversation has this tag</source>
        <translation>Kein Gespräch hat dieses Schlagwort</translation>
    </message>
    <message>
        <source>No channel is connected yet</source>
        <translation>Noch ist kein Kanal verbunden</translation>
    </message>
    <message>
        <source>An admin connects channels; what people write there arrives here.</source>
        <translation>Kanäle verbindet die Verwaltung; was dort geschrieben wird, kommt hier an.</translation>
    </message>
    <message>
        <source>Paste the address of a blog, a feed or an account, and what people write there arrives here.</source>
        <translation>Fügen Sie die Adresse eines Blogs, eines Feeds oder eines Kontos ein, und was dort geschrieben wird, kommt hier an.</translation>
    </message>
    <message>
        <source>Connect a channel…</source>
        <translation>Kanal verbinden …</translation>
    </message>
    <message>
        <source>Nothing is assigned to you</source>
        <translation>Ihnen ist nichts zugewiesen</translation>
    </message>
    <message>
        <source>Everything has an owner</source>
        <translation>Alles hat jemanden, der sich kümmert</translation>
    </message>
    <message>
        <source>What comes in and has not been taken yet appears here. “All open” has what colleagues are working on.</source>
        <translation>Was hereinkommt und noch niemandem gehört, erscheint hier. Woran andere arbeiten, steht in „Alle offenen“.</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>Nichts ist offen</translation>
    </message>
    <message>
        <source>What needs an answer appears here by itself; what has one is in “Waiting”.</source>
        <translation>Was eine Antwort braucht, erscheint hier von selbst; was eine hat, steht in „Wartend“.</translation>
    </message>
    <message>
        <source>No notes for you</source>
        <translation>Keine Notizen an Sie</translation>
    </message>
    <message>
        <source>When a colleague writes @ and your name in a note, the conversation appears here.</source>
        <translation>Schreibt jemand aus dem Team @ und Ihren Namen in eine Notiz, erscheint das Gespräch hier.</translation>
    </message>
    <message>
        <source>Not waiting for anybody</source>
        <translation>Auf niemanden wird gewartet</translation>
    </message>
    <message>
        <source>What was answered stays here until the contact writes again or it is resolved.</source>
        <translation>Was beantwortet ist, steht hier, bis der Kontakt wieder schreibt oder es erledigt wird.</translation>
    </message>
    <message>
        <source>Nothing is snoozed</source>
        <translation>Nichts ist zurückgestellt</translation>
    </message>
    <message>
        <source>Nothing is resolved yet</source>
        <translation>Noch ist nichts erledigt</translation>
    </message>
    <message>
        <source>No trouble</source>
        <translation>Keine Störung</translation>
    </message>
    <message>
        <source>Every reply was delivered.</source>
        <translation>Jede Antwort wurde zugestellt.</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Hier ist nichts</translation>
    </message>
    <message>
        <source>What belongs in this view appears by itself.</source>
        <translation>Was in diese Ansicht gehört, erscheint von selbst.</translation>
    </message>
    <message>
        <source>Nothing has come in yet</source>
        <translation>Noch ist nichts hereingekommen</translation>
    </message>
    <message>
        <source>What people write on the connected channels arrives here by itself.</source>
        <translation>Was auf den verbundenen Kanälen geschrieben wird, kommt hier von selbst an.</translation>
    </message>
    <message>
        <source>Pull now</source>
        <translation>Jetzt abrufen</translation>
    </message>
    <message>
        <source>%1 has nothing open</source>
        <translation>%1 hat nichts offen</translation>
    </message>
    <message>
        <source>Nothing is open here</source>
        <translation>Hier ist nichts offen</translation>
    </message>
    <message>
        <source>What comes in for this team appears here by itself.</source>
        <translation>Was für dieses Team hereinkommt, erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>Nothing matches this view</source>
        <translation>Nichts ist so, wie diese Ansicht es will</translation>
    </message>
    <message>
        <source>What matches later appears here by itself.</source>
        <translation>Was so wird, erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>Edit this view…</source>
        <translation>Diese Ansicht bearbeiten …</translation>
    </message>
    <message>
        <source>What you take, and what is assigned to you, appears here.</source>
        <translation>Was Sie übernehmen und was Ihnen zugewiesen wird, erscheint hier.</translation>
    </message>
    <message>
        <source>Take something from “Unassigned” with %1.</source>
        <translation>Mit %1 übernehmen Sie etwas aus „Nicht zugewiesen“.</translation>
    </message>
    <message>
        <source>What can wait is put off until a time; then it is open again by itself.</source>
        <translation>Was warten kann, wird bis zu einem Zeitpunkt zurückgestellt; dann ist es von selbst wieder offen.</translation>
    </message>
    <message>
        <source>%1 puts it off.</source>
        <translation>%1 stellt es zurück.</translation>
    </message>
    <message>
        <source>What is resolved stays here, and can be searched.</source>
        <translation>Was erledigt ist, bleibt hier und kann durchsucht werden.</translation>
    </message>
    <message>
        <source>%1 resolves.</source>
        <translation>%1 erledigt.</translation>
    </message>
    <message>
        <source>Drag one onto the tag.</source>
        <translation>Ziehen Sie eines auf das Schlagwort.</translation>
    </message>
    <message>
        <source>Drag one onto the tag, or press %1 on it.</source>
        <translation>Ziehen Sie eines auf das Schlagwort, oder drücken Sie darauf %1.</translation>
    </message>
    <message>
        <source>What is tagged so appears here.</source>
        <translation>Was dieses Schlagwort bekommt, erscheint hier.</translation>
    </message>
    <message>
        <source>Drag conversations onto the name.</source>
        <translation>Ziehen Sie Gespräche auf den Namen.</translation>
    </message>
    <message>
        <source>Drag conversations onto the name, or assign them with %1.</source>
        <translation>Ziehen Sie Gespräche auf den Namen, oder weisen Sie sie mit %1 zu.</translation>
    </message>
    <message>
        <source>What is assigned to them appears here.</source>
        <translation>Was dort zugewiesen ist, erscheint hier.</translation>
    </message>
    <message>
        <source>What you did waits for a decision</source>
        <translation>Was Sie taten, wartet auf eine Entscheidung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln action(s) of yours could not be done. All else was delivered.</source>
        <translation>
            <numerusform>Eine Ihrer Aktionen konnte nicht ausgeführt werden. Alles andere wurde zugestellt.</numerusform>
            <numerusform>%Ln Ihrer Aktionen konnten nicht ausgeführt werden. Alles andere wurde zugestellt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Outbox and trouble…</source>
        <translation>Ausgang und Störungen …</translation>
    </message>
    <message>
        <source>No conversations of this contact</source>
        <translation>Keine Gespräche dieses Kontakts</translation>
    </message>
    <message>
        <source>What there was has been removed, or you may no longer see it.</source>
        <translation>Was da war, wurde entfernt, oder Sie dürfen es nicht mehr sehen.</translation>
    </message>
</context>
<context>
    <name>Earshot::ErrorText</name>
    <message>
        <source>More people would see this reply than the message that it answers.</source>
        <translation>Mehr Menschen würden diese Antwort sehen als die Nachricht, auf die sie antwortet.</translation>
    </message>
    <message>
        <source>The sign-in is no longer valid. Sign in again.</source>
        <translation>Die Anmeldung gilt nicht mehr. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The account is not allowed to do this.</source>
        <translation>Das Konto darf das nicht.</translation>
    </message>
    <message>
        <source>The network asks us to wait until %1.</source>
        <translation>Das Netzwerk bittet um Geduld bis %1.</translation>
    </message>
    <message>
        <source>The network asks us to wait a little.</source>
        <translation>Das Netzwerk bittet um etwas Geduld.</translation>
    </message>
    <message>
        <source>The quota is used up until %1.</source>
        <translation>Das Kontingent ist bis %1 aufgebraucht.</translation>
    </message>
    <message>
        <source>The quota is used up.</source>
        <translation>Das Kontingent ist aufgebraucht.</translation>
    </message>
    <message>
        <source>The network does not accept this.</source>
        <translation>Das Netzwerk nimmt das nicht an.</translation>
    </message>
    <message>
        <source>What was to be answered no longer exists on the network.</source>
        <translation>Was beantwortet werden sollte, gibt es im Netzwerk nicht mehr.</translation>
    </message>
    <message>
        <source>The network says that it has this already.</source>
        <translation>Das Netzwerk meldet, dass es das schon hat.</translation>
    </message>
    <message>
        <source>The text is longer than the network allows.</source>
        <translation>Der Text ist länger, als das Netzwerk erlaubt.</translation>
    </message>
    <message>
        <source>The network could not be reached. It is tried again by itself.</source>
        <translation>Das Netzwerk war nicht erreichbar. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>It was sent, but no answer came. It may or may not have arrived.</source>
        <translation>Es wurde gesendet, aber es kam keine Bestätigung. Vielleicht ist es angekommen, vielleicht nicht.</translation>
    </message>
    <message>
        <source>What came back could not be understood.</source>
        <translation>Die Rückmeldung war nicht zu verstehen.</translation>
    </message>
    <message>
        <source>What came back is too large.</source>
        <translation>Die Rückmeldung ist zu groß.</translation>
    </message>
    <message>
        <source>This address no longer exists.</source>
        <translation>Diese Adresse gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Nothing was found there.</source>
        <translation>Dort wurde nichts gefunden.</translation>
    </message>
    <message>
        <source>This cannot be done as entered.</source>
        <translation>So, wie es eingegeben wurde, geht es nicht.</translation>
    </message>
    <message>
        <source>This was refused.</source>
        <translation>Das wurde abgelehnt.</translation>
    </message>
    <message>
        <source>Another program is using this workspace.</source>
        <translation>Ein anderes Programm verwendet diesen Arbeitsbereich.</translation>
    </message>
    <message>
        <source>This workspace was made by a newer Earshot. Update Earshot to open it.</source>
        <translation>Dieser Arbeitsbereich stammt von einem neueren Earshot. Aktualisieren Sie Earshot, um ihn zu öffnen.</translation>
    </message>
    <message>
        <source>This workspace file is damaged. Restore a backup; “earshotctl workspace verify” tells what is wrong.</source>
        <translation>Diese Arbeitsbereichsdatei ist beschädigt. Stellen Sie eine Sicherung wieder her; „earshotctl workspace verify“ sagt, was nicht stimmt.</translation>
    </message>
    <message>
        <source>The disk is full. Make room, then try again.</source>
        <translation>Der Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>This workspace cannot be written to.</source>
        <translation>In diesen Arbeitsbereich kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>It could not be saved. Please try again.</source>
        <translation>Es konnte nicht gespeichert werden. Bitte versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Reading or writing failed.</source>
        <translation>Lesen oder Schreiben ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The system keychain is locked or missing, so passwords cannot be kept or read.</source>
        <translation>Der Schlüsselbund des Systems ist gesperrt oder fehlt; Passwörter können weder aufbewahrt noch gelesen werden.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>The other end cannot prove who it is, so nothing was sent or read.</source>
        <translation>Die Gegenseite kann nicht beweisen, wer sie ist; es wurde nichts gesendet oder gelesen.</translation>
    </message>
    <message>
        <source>certificate not trusted</source>
        <translation>Zertifikat nicht vertrauenswürdig</translation>
    </message>
    <message>
        <source>answer cut off</source>
        <translation>Antwort abgeschnitten</translation>
    </message>
    <message>
        <source>its clock is off</source>
        <translation>seine Uhr geht falsch</translation>
    </message>
    <message>
        <source>Check the address; if it is right, its server has to renew its certificate. Nothing is sent or read before that.</source>
        <translation>Prüfen Sie die Adresse; stimmt sie, muss ihr Server sein Zertifikat erneuern. Bis dahin wird nichts gesendet oder gelesen.</translation>
    </message>
    <message>
        <source>What came whole is stored, the rest is missing. Tell whoever runs the site; it is read again each time.</source>
        <translation>Was ganz ankam, ist gespeichert, der Rest fehlt. Sagen Sie es dem Betreiber der Website; sie wird jedes Mal neu gelesen.</translation>
    </message>
    <message>
        <source>Everything new is stored all the same, but its times are not to be relied on. Tell whoever runs the server.</source>
        <translation>Alles Neue wird trotzdem gespeichert, doch auf seine Zeiten ist kein Verlass. Sagen Sie es dem Betreiber des Servers.</translation>
    </message>
    <message>
        <source>messages are held back</source>
        <translation>Nachrichten werden zurückgehalten</translation>
    </message>
    <message>
        <source>Settings of the account on its server keep messages away. Change them there, so that none is lost.</source>
        <translation>Einstellungen des Kontos auf seinem Server halten Nachrichten fern. Ändern Sie sie dort, damit keine verloren geht.</translation>
    </message>
    <message>
        <source>This is the sign-in of another account, so nothing was changed.</source>
        <translation>Diese Anmeldung gehört zu einem anderen Konto; es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>This file lies on a network drive, where it would come to harm when it is worked with. Put it on a disk of this computer; for several people there is the server, earshotd.</source>
        <translation>Diese Datei liegt auf einem Netzlaufwerk, wo sie Schaden nähme, wenn mit ihr gearbeitet wird. Legen Sie sie auf eine Platte dieses Computers; für mehrere Personen gibt es den Server, earshotd.</translation>
    </message>
    <message>
        <source>This network cannot do that.</source>
        <translation>Dieses Netzwerk kann das nicht.</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>Etwas ist schiefgegangen.</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Jemand anders</translation>
    </message>
    <message>
        <source>Your role does not allow this. A lead or admin can do it.</source>
        <translation>Ihre Rolle erlaubt das nicht. Eine Leitung oder Verwaltung kann es tun.</translation>
    </message>
    <message>
        <source>This no longer exists.</source>
        <translation>Das gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>%1 took this already.</source>
        <translation>%1 hat das schon übernommen.</translation>
    </message>
    <message>
        <source>%1 changed this meanwhile.</source>
        <translation>%1 hat das inzwischen geändert.</translation>
    </message>
    <message>
        <source>The conversation has moved on. Read what is new first.</source>
        <translation>Das Gespräch ist weitergegangen. Lesen Sie zuerst, was neu ist.</translation>
    </message>
    <message>
        <source>The same post was answered on another channel already.</source>
        <translation>Derselbe Beitrag wurde schon auf einem anderen Kanal beantwortet.</translation>
    </message>
    <message>
        <source>This is not possible now.</source>
        <translation>Das ist jetzt nicht möglich.</translation>
    </message>
    <message>
        <source>This builds on something that was refused.</source>
        <translation>Das baut auf etwas auf, das abgelehnt wurde.</translation>
    </message>
    <message>
        <source>The program or the server that has this workspace does not answer.</source>
        <translation>Das Programm oder der Server mit diesem Arbeitsbereich antwortet nicht.</translation>
    </message>
    <message>
        <source>The conversation moved on before it was sent.</source>
        <translation>Das Gespräch ging weiter, bevor gesendet wurde.</translation>
    </message>
    <message>
        <source>It waited for more than 30 minutes while Earshot was closed or the computer asleep.</source>
        <translation>Es hat mehr als 30 Minuten gewartet, während Earshot geschlossen war oder der Rechner schlief.</translation>
    </message>
    <message>
        <source>The workspace was copied or restored: it may have been sent from the other copy.</source>
        <translation>Der Arbeitsbereich wurde kopiert oder wiederhergestellt: Vielleicht wurde es von der anderen Kopie gesendet.</translation>
    </message>
    <message>
        <source>not pulled yet</source>
        <translation>noch nicht abgerufen</translation>
    </message>
    <message>
        <source>working</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>sign-in needed</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>permission missing</source>
        <translation>Berechtigung fehlt</translation>
    </message>
    <message>
        <source>asked to wait</source>
        <translation>zum Warten aufgefordert</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>answers cannot be understood</source>
        <translation>Antworten nicht verständlich</translation>
    </message>
    <message>
        <source>address no longer exists</source>
        <translation>Adresse gibt es nicht mehr</translation>
    </message>
    <message>
        <source>something may be missing</source>
        <translation>vielleicht fehlt etwas</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>keychain locked</source>
        <translation>Schlüsselbund gesperrt</translation>
    </message>
    <message>
        <source>Sign in again, or give a new application password or token.</source>
        <translation>Melden Sie sich neu an, oder geben Sie ein neues Anwendungspasswort oder Token an.</translation>
    </message>
    <message>
        <source>The account needs more rights on the network: let its owner grant them, then sign in again.</source>
        <translation>Das Konto braucht im Netzwerk mehr Rechte: Lassen Sie sie erteilen und melden Sie sich dann neu an.</translation>
    </message>
    <message>
        <source>Nothing to do: pulling goes on by itself when the network allows it.</source>
        <translation>Nichts zu tun: Der Abruf geht von selbst weiter, sobald das Netzwerk es erlaubt.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it stays so, check the address and your connection.</source>
        <translation>Es wird von selbst erneut versucht. Bleibt es so, prüfen Sie die Adresse und Ihre Verbindung.</translation>
    </message>
    <message>
        <source>Open the address in a browser to see whether the site is sound. It is tried again by itself.</source>
        <translation>Öffnen Sie die Adresse in einem Browser und sehen Sie nach, ob die Seite in Ordnung ist. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>Remove the channel, or connect its new address. What was pulled stays.</source>
        <translation>Entfernen Sie den Kanal oder verbinden Sie seine neue Adresse. Was abgerufen wurde, bleibt.</translation>
    </message>
    <message>
        <source>The network gave less history than was asked for. Look there for what came in between, then press Test.</source>
        <translation>Das Netzwerk gab weniger Verlauf als gewünscht. Sehen Sie dort nach, was dazwischen kam, und drücken Sie dann „Prüfen“.</translation>
    </message>
    <message>
        <source>Resume it when it should go on.</source>
        <translation>Setzen Sie ihn fort, wenn es weitergehen soll.</translation>
    </message>
    <message>
        <source>Unlock the system keychain; pulling then goes on by itself.</source>
        <translation>Entsperren Sie den Schlüsselbund des Systems; der Abruf geht dann von selbst weiter.</translation>
    </message>
    <message>
        <source>a channel needs a name</source>
        <translation>ein Kanal braucht einen Namen</translation>
    </message>
    <message>
        <source>a channel needs an address</source>
        <translation>ein Kanal braucht eine Adresse</translation>
    </message>
    <message>
        <source>a contact cannot be merged with itself</source>
        <translation>ein Kontakt kann nicht mit sich selbst zusammengeführt werden</translation>
    </message>
    <message>
        <source>a duplicate names the other conversation</source>
        <translation>zu einem Duplikat gehört das andere Gespräch</translation>
    </message>
    <message>
        <source>a note needs text</source>
        <translation>eine Notiz braucht Text</translation>
    </message>
    <message>
        <source>a part of the reply is empty</source>
        <translation>ein Teil der Antwort ist leer</translation>
    </message>
    <message>
        <source>the reply has too many parts</source>
        <translation>die Antwort hat zu viele Teile</translation>
    </message>
    <message>
        <source>a reply has its own action</source>
        <translation>eine Antwort hat ihre eigene Aktion</translation>
    </message>
    <message>
        <source>a reply needs text</source>
        <translation>eine Antwort braucht Text</translation>
    </message>
    <message>
        <source>a tag needs a name</source>
        <translation>ein Schlagwort braucht einen Namen</translation>
    </message>
    <message>
        <source>an agent needs a name</source>
        <translation>eine Person braucht einen Namen</translation>
    </message>
    <message>
        <source>a limit is between 0 and 9999</source>
        <translation>eine Grenze liegt zwischen 0 und 9999</translation>
    </message>
    <message>
        <source>between 15 seconds and a day</source>
        <translation>zwischen 15 Sekunden und einem Tag</translation>
    </message>
    <message>
        <source>it may have arrived: say that it did, or send it again anyway</source>
        <translation>sie kann angekommen sein: sagen Sie, dass sie ankam, oder senden Sie sie trotzdem noch einmal</translation>
    </message>
    <message>
        <source>more people would see the reply than the message</source>
        <translation>die Antwort würden mehr Leute sehen als die Nachricht</translation>
    </message>
    <message>
        <source>not a note</source>
        <translation>das ist keine Notiz</translation>
    </message>
    <message>
        <source>only our own messages can be deleted</source>
        <translation>nur eigene Nachrichten können gelöscht werden</translation>
    </message>
    <message>
        <source>resolved goes with a reason, other states without</source>
        <translation>zu „erledigt“ gehört ein Grund, zu anderen Zuständen nicht</translation>
    </message>
    <message>
        <source>snoozing needs a time</source>
        <translation>zum Zurückstellen gehört ein Zeitpunkt</translation>
    </message>
    <message>
        <source>something on the way to the server, such as a firewall, turns it away, or the server fails at it; it may have been done already</source>
        <translation>etwas auf dem Weg zum Server, etwa eine Firewall, weist es ab, oder der Server scheitert daran; vielleicht ist es schon geschehen</translation>
    </message>
    <message>
        <source>the channel was removed</source>
        <translation>der Kanal wurde entfernt</translation>
    </message>
    <message>
        <source>the message answered no longer exists</source>
        <translation>die beantwortete Nachricht gibt es nicht mehr</translation>
    </message>
    <message>
        <source>the time is past</source>
        <translation>der Zeitpunkt ist vorbei</translation>
    </message>
    <message>
        <source>the workspace needs an admin</source>
        <translation>der Arbeitsbereich braucht jemanden mit Verwaltungsrechten</translation>
    </message>
    <message>
        <source>there is an agent of this name</source>
        <translation>eine Person dieses Namens gibt es schon</translation>
    </message>
    <message>
        <source>there is no message to answer</source>
        <translation>es gibt keine Nachricht zu beantworten</translation>
    </message>
    <message>
        <source>this address is connected already</source>
        <translation>diese Adresse ist schon verbunden</translation>
    </message>
    <message>
        <source>this agent cannot own conversations</source>
        <translation>diese Person kann keine Gespräche übernehmen</translation>
    </message>
    <message>
        <source>this channel can only be read</source>
        <translation>dieser Kanal kann nur gelesen werden</translation>
    </message>
    <message>
        <source>this channel cannot delete</source>
        <translation>dieser Kanal kann nicht löschen</translation>
    </message>
    <message>
        <source>this channel cannot moderate</source>
        <translation>dieser Kanal kann nicht moderieren</translation>
    </message>
    <message>
        <source>this channel has no boosts</source>
        <translation>dieser Kanal kennt kein Teilen</translation>
    </message>
    <message>
        <source>this channel has no likes</source>
        <translation>dieser Kanal kennt kein „Gefällt mir“</translation>
    </message>
    <message>
        <source>this channel has no private replies</source>
        <translation>dieser Kanal kennt keine privaten Antworten</translation>
    </message>
    <message>
        <source>this contact is merged already</source>
        <translation>dieser Kontakt ist schon zusammengeführt</translation>
    </message>
    <message>
        <source>this is not on the network</source>
        <translation>das ist nicht im Netzwerk</translation>
    </message>
    <message>
        <source>It is already: %1</source>
        <translation>Schon so: %1</translation>
    </message>
    <message>
        <source>Nothing answers there. Check the address and your connection, then try again.</source>
        <translation>Dort antwortet nichts. Prüfen Sie die Adresse und Ihre Verbindung und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The network does not accept this sign-in. Check it, then try again.</source>
        <translation>Das Netzwerk nimmt diese Anmeldung nicht an. Prüfen Sie sie und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>a macro needs a name</source>
        <translation>ein Makro braucht einen Namen</translation>
    </message>
    <message>
        <source>a macro needs between 1 and 20 steps</source>
        <translation>ein Makro braucht zwischen 1 und 20 Schritten</translation>
    </message>
    <message>
        <source>a saved reply needs a name</source>
        <translation>ein Textbaustein braucht einen Namen</translation>
    </message>
    <message>
        <source>a saved reply needs a text of at most 20,000 characters</source>
        <translation>ein Textbaustein braucht einen Text von höchstens 20.000 Zeichen</translation>
    </message>
    <message>
        <source>a step of the macro is not complete</source>
        <translation>ein Schritt des Makros ist nicht vollständig</translation>
    </message>
    <message>
        <source>another macro has this key</source>
        <translation>ein anderes Makro hat diese Taste</translation>
    </message>
    <message>
        <source>a team needs a name</source>
        <translation>ein Team braucht einen Namen</translation>
    </message>
    <message>
        <source>there is a team of this name</source>
        <translation>es gibt schon ein Team dieses Namens</translation>
    </message>
    <message>
        <source>another one has this name</source>
        <translation>ein anderes heißt schon so</translation>
    </message>
    <message>
        <source>the key of a macro is one letter or digit</source>
        <translation>die Taste eines Makros ist ein Buchstabe oder eine Ziffer</translation>
    </message>
    <message>
        <source>a notice is for one place</source>
        <translation>ein Hinweis gilt für einen Ort</translation>
    </message>
    <message>
        <source>a notice is too long</source>
        <translation>ein Hinweis darf nicht so lang sein</translation>
    </message>
    <message>
        <source>a notice needs text</source>
        <translation>ein Hinweis braucht Text</translation>
    </message>
    <message>
        <source>a saved search has its filters among its words</source>
        <translation>eine gespeicherte Suche hat ihre Filter unter ihren Wörtern</translation>
    </message>
    <message>
        <source>a view cannot want and exclude the same tag</source>
        <translation>eine Ansicht kann dasselbe Schlagwort nicht verlangen und ausschließen</translation>
    </message>
    <message>
        <source>a view names too many channels or tags</source>
        <translation>eine Ansicht nennt zu viele Kanäle oder Schlagwörter</translation>
    </message>
    <message>
        <source>a view needs a name</source>
        <translation>eine Ansicht braucht einen Namen</translation>
    </message>
    <message>
        <source>a view of one agent&apos;s work names the agent</source>
        <translation>eine Ansicht der Arbeit einer Person nennt diese Person</translation>
    </message>
    <message>
        <source>no list that is always there</source>
        <translation>keine Liste, die es immer gibt</translation>
    </message>
    <message>
        <source>there are too many views</source>
        <translation>es gibt zu viele Ansichten</translation>
    </message>
    <message>
        <source>there is a view of this name</source>
        <translation>es gibt schon eine Ansicht dieses Namens</translation>
    </message>
    <message>
        <source>it has channels</source>
        <translation>ihm gehören Kanäle</translation>
    </message>
    <message>
        <source>the name or the password is wrong</source>
        <translation>Der Name oder das Passwort ist falsch</translation>
    </message>
    <message>
        <source>this replica is of another workspace or somebody else&apos;s</source>
        <translation>Diese Kopie gehört zu einem anderen Arbeitsbereich oder jemand anderem</translation>
    </message>
    <message>
        <source>The server was restored from an older copy. Whether this was published, or is still about the same conversation, cannot be known. Look before you send it again.</source>
        <translation>Der Server wurde aus einer älteren Kopie wiederhergestellt. Ob dies veröffentlicht wurde oder noch dasselbe Gespräch betrifft, lässt sich nicht wissen. Sehen Sie nach, bevor Sie es erneut senden.</translation>
    </message>
    <message>
        <source>This is larger than the server takes. Shorten it, or send fewer or smaller files.</source>
        <translation>Das ist größer, als der Server annimmt. Kürzen Sie es, oder senden Sie weniger oder kleinere Dateien.</translation>
    </message>
    <message>
        <source>What was kept of this on this computer is damaged and cannot be read.</source>
        <translation>Was davon auf diesem Rechner aufgehoben wurde, ist beschädigt und nicht mehr lesbar.</translation>
    </message>
    <message>
        <source>not all who see this one may see the other</source>
        <translation>nicht alle, die dieses sehen, dürfen das andere sehen</translation>
    </message>
    <message>
        <source>not all who see the one may see the other</source>
        <translation>nicht alle, die das eine sehen, dürfen das andere sehen</translation>
    </message>
    <message>
        <source>the message answered is of another conversation</source>
        <translation>die beantwortete Nachricht gehört zu einem anderen Gespräch</translation>
    </message>
    <message>
        <source>Its certificate is for another name than the address has. Check the address.</source>
        <translation>Das Zertifikat gilt für einen anderen Namen als den der Adresse. Prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>Its certificate is not valid yet. The clock of this computer may be wrong: look whether its day and time are right.</source>
        <translation>Das Zertifikat ist noch nicht gültig. Vielleicht geht die Uhr dieses Computers falsch: Sehen Sie nach, ob Tag und Uhrzeit stimmen.</translation>
    </message>
    <message>
        <source>Its certificate has expired. Whoever runs it has to renew it; if it is new, the clock of this computer may be wrong.</source>
        <translation>Das Zertifikat ist abgelaufen. Wer den Server betreibt, muss es erneuern; ist es neu, geht vielleicht die Uhr dieses Computers falsch.</translation>
    </message>
    <message>
        <source>Its certificate is its own, and nobody known here vouches for it. Ask whoever runs it for the certificate&apos;s file, then start Earshot with --ca-file and that file.</source>
        <translation>Das Zertifikat ist selbst ausgestellt, und niemand, der hier bekannt ist, bürgt dafür. Bitten Sie den Betreiber um die Zertifikatsdatei und starten Sie Earshot mit --ca-file und dieser Datei.</translation>
    </message>
    <message>
        <source>Nobody known here vouches for its certificate. Ask whoever runs it for the file of the authority&apos;s certificate, then start Earshot with --ca-file and that file.</source>
        <translation>Niemand, der hier bekannt ist, bürgt für das Zertifikat. Bitten Sie den Betreiber um die Zertifikatsdatei der ausstellenden Stelle und starten Sie Earshot mit --ca-file und dieser Datei.</translation>
    </message>
    <message>
        <source>something on the way to the server asks for a log-in of its own, as a hotel&apos;s page or a proxy does</source>
        <translation>etwas auf dem Weg zum Server verlangt eine eigene Anmeldung, wie die Seite eines Hotels oder ein Proxy</translation>
    </message>
    <message>
        <source>Where it worked before, the log-in page of a hotel or a train may stand between: open any page in a browser first.</source>
        <translation>Wenn es hier schon ging, steht vielleicht die Anmeldeseite eines Hotels oder Zugs dazwischen: Öffnen Sie zuerst irgendeine Seite im Browser.</translation>
    </message>
    <message>
        <source>a proxy on the way asks for a name and a password; they belong into its address in the system&apos;s settings, as in http://NAME:PASSWORD@PROXY:PORT</source>
        <translation>ein Proxy auf dem Weg verlangt Namen und Passwort; sie gehören in seine Adresse in den Systemeinstellungen, etwa http://NAME:PASSWORT@PROXY:PORT</translation>
    </message>
    <message>
        <source>The way there is barred.</source>
        <translation>Der Weg dorthin ist versperrt.</translation>
    </message>
    <message>
        <source>The server is a newer Earshot than this one understands. Update Earshot.</source>
        <translation>Der Server ist ein neueres Earshot, als dieses versteht. Aktualisieren Sie Earshot.</translation>
    </message>
    <message>
        <source>the disk reports an error. Make a backup while it can be read, and have the disk looked at</source>
        <translation>der Datenträger meldet einen Fehler. Machen Sie eine Sicherung, solange er gelesen werden kann, und lassen Sie ihn prüfen</translation>
    </message>
    <message>
        <source>the file cannot be opened: its folder is gone, or belongs to somebody else</source>
        <translation>die Datei kann nicht geöffnet werden: ihr Ordner ist weg oder gehört jemand anderem</translation>
    </message>
    <message>
        <source>there is not enough memory. Close other programs, then try again</source>
        <translation>der Arbeitsspeicher reicht nicht. Beenden Sie andere Programme und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>the system does not allow it: the file or its folder belongs to somebody else</source>
        <translation>das System erlaubt es nicht: die Datei oder ihr Ordner gehört jemand anderem</translation>
    </message>
    <message>
        <source>the file system can only be read</source>
        <translation>das Dateisystem kann nur gelesen werden</translation>
    </message>
    <message>
        <source>the file or its folder is not there any more</source>
        <translation>die Datei oder ihr Ordner ist nicht mehr da</translation>
    </message>
    <message>
        <source>it may have been done already; whether it was is asked first</source>
        <translation>vielleicht ist es schon geschehen; danach wird zuerst gefragt</translation>
    </message>
    <message>
        <source>it was tried again meanwhile</source>
        <translation>es wurde inzwischen noch einmal versucht</translation>
    </message>
    <message>
        <source>the server is too old to be asked whether it was done already</source>
        <translation>der Server ist zu alt, um gefragt zu werden, ob es schon geschehen ist</translation>
    </message>
    <message>
        <source>Your role does not allow this. An admin can do it.</source>
        <translation>Ihre Rolle erlaubt das nicht. Die Verwaltung kann es tun.</translation>
    </message>
    <message>
        <source>the waiting time of a view is at most a year</source>
        <translation>die Wartezeit einer Ansicht ist höchstens ein Jahr</translation>
    </message>
</context>
<context>
    <name>Earshot::EventSentences</name>
    <message>
        <source>%1 took this</source>
        <translation>%1 hat das übernommen</translation>
    </message>
    <message>
        <source>%1 assigned this to %2</source>
        <translation>%1 hat das %2 zugewiesen</translation>
    </message>
    <message>
        <source>%1 gave this back to the team</source>
        <translation>%1 hat das ans Team zurückgegeben</translation>
    </message>
    <message>
        <source>%1 snoozed this until %2</source>
        <translation>%1 hat das bis %2 zurückgestellt</translation>
    </message>
    <message>
        <source>%1 snoozed this</source>
        <translation>%1 hat das zurückgestellt</translation>
    </message>
    <message>
        <source>The snooze ended</source>
        <translation>Die Zurückstellung ist vorbei</translation>
    </message>
    <message>
        <source>Reopened by a new message</source>
        <translation>Durch eine neue Nachricht wieder geöffnet</translation>
    </message>
    <message>
        <source>%1 reopened this</source>
        <translation>%1 hat das wieder geöffnet</translation>
    </message>
    <message>
        <source>%1 set this to waiting for the customer</source>
        <translation>%1 wartet auf die Kundin oder den Kunden</translation>
    </message>
    <message>
        <source>%1 added the tag %2</source>
        <translation>%1 hat das Schlagwort %2 gesetzt</translation>
    </message>
    <message>
        <source>%1 removed the tag %2</source>
        <translation>%1 hat das Schlagwort %2 entfernt</translation>
    </message>
    <message>
        <source>%1 set this to %2</source>
        <translation>%1 hat das auf „%2“ gesetzt</translation>
    </message>
    <message>
        <source>%1 took a reply back before it was sent</source>
        <translation>%1 hat eine Antwort vor dem Senden zurückgenommen</translation>
    </message>
    <message>
        <source>%1 tried again to send a reply</source>
        <translation>%1 hat das Senden einer Antwort erneut versucht</translation>
    </message>
    <message>
        <source>%1 found that a reply had arrived</source>
        <translation>%1 hat festgestellt, dass eine Antwort angekommen war</translation>
    </message>
    <message>
        <source>%1 merged two contacts</source>
        <translation>%1 hat zwei Kontakte zusammengeführt</translation>
    </message>
    <message>
        <source>%1 took two contacts apart</source>
        <translation>%1 hat zwei Kontakte getrennt</translation>
    </message>
    <message>
        <source>A reply could not be sent: %1</source>
        <translation>Eine Antwort konnte nicht gesendet werden: %1</translation>
    </message>
    <message>
        <source>It is not known if a reply arrived</source>
        <translation>Es ist nicht bekannt, ob eine Antwort angekommen ist</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 resolved this as spam</source>
        <translation>%1 hat das als Spam erledigt</translation>
    </message>
    <message>
        <source>%1 resolved this: no answer needed</source>
        <translation>%1 hat das erledigt: keine Antwort nötig</translation>
    </message>
    <message>
        <source>%1 resolved this as a duplicate</source>
        <translation>%1 hat das als Dublette erledigt</translation>
    </message>
    <message>
        <source>%1 resolved this</source>
        <translation>%1 hat das erledigt</translation>
    </message>
    <message>
        <source>%1 liked a message</source>
        <translation>%1 hat eine Nachricht favorisiert</translation>
    </message>
    <message>
        <source>%1 took back a like</source>
        <translation>%1 hat einen Favoriten zurückgenommen</translation>
    </message>
    <message>
        <source>%1 boosted a message</source>
        <translation>%1 hat eine Nachricht geteilt</translation>
    </message>
    <message>
        <source>%1 took back a boost</source>
        <translation>%1 hat das Teilen zurückgenommen</translation>
    </message>
    <message>
        <source>%1 approved a message</source>
        <translation>%1 hat eine Nachricht freigegeben</translation>
    </message>
    <message>
        <source>%1 took back an approval</source>
        <translation>%1 hat eine Freigabe zurückgenommen</translation>
    </message>
    <message>
        <source>%1 hid a message</source>
        <translation>%1 hat eine Nachricht verborgen</translation>
    </message>
    <message>
        <source>%1 marked a message as spam</source>
        <translation>%1 hat eine Nachricht als Spam markiert</translation>
    </message>
    <message>
        <source>%1 moved a message to the trash</source>
        <translation>%1 hat eine Nachricht in den Papierkorb gelegt</translation>
    </message>
    <message>
        <source>%1 restored a message</source>
        <translation>%1 hat eine Nachricht wiederhergestellt</translation>
    </message>
    <message>
        <source>%1 deleted a reply on the network</source>
        <translation>%1 hat eine Antwort im Netzwerk gelöscht</translation>
    </message>
    <message>
        <source>%1 acted on the network</source>
        <translation>%1 hat im Netzwerk gehandelt</translation>
    </message>
    <message>
        <source>%1 ended the snooze</source>
        <translation>%1 hat die Zurückstellung beendet</translation>
    </message>
</context>
<context>
    <name>Earshot::Exporting</name>
    <message>
        <source>%1 (older history is missing)</source>
        <translation>%1 (ältere Gespräche fehlen)</translation>
    </message>
    <message>
        <source>Older history is still missing here, and in the file.</source>
        <translation>Ältere Gespräche fehlen hier noch, und damit auch in der Datei.</translation>
    </message>
    <message>
        <source>It reaches back to %1: older history is still missing here, and in the file.</source>
        <translation>Es reicht zurück bis %1: Älteres fehlt hier noch, und damit auch in der Datei.</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln marked conversation(s)</source>
        <translation>
            <numerusform>%Ln markiertes Gespräch exportieren</numerusform>
            <numerusform>%Ln markierte Gespräche exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Table of the conversations (%1)</source>
        <translation>Tabelle der Gespräche (%1)</translation>
    </message>
    <message>
        <source>Lines of JSON, with all messages (%1)</source>
        <translation>JSON-Zeilen, mit allen Nachrichten (%1)</translation>
    </message>
    <message>
        <source>&amp;Export the list…</source>
        <translation>Liste &amp;exportieren …</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>„%1“ exportieren</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln found conversation(s)</source>
        <translation>
            <numerusform>%Ln gefundenes Gespräch exportieren</numerusform>
            <numerusform>%Ln gefundene Gespräche exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Export all conversations that “%1” finds</source>
        <translation>Alle Gespräche exportieren, die „%1“ findet</translation>
    </message>
</context>
<context>
    <name>Earshot::FindBar</name>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Gespräch finden</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>the match that is shown</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Not searched: %1</source>
        <translation>Nicht gesucht: %1</translation>
    </message>
</context>
<context>
    <name>Earshot::FindingWords</name>
    <message>
        <source>posts</source>
        <translation>Beiträge</translation>
    </message>
    <message>
        <source>comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>hashtag</source>
        <translation>Hashtag</translation>
    </message>
    <message>
        <source>search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>reviews</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>sign-in in the browser or an application password</source>
        <translation>Anmeldung im Browser oder ein Anwendungspasswort</translation>
    </message>
    <message>
        <source>sign-in in the browser or a token</source>
        <translation>Anmeldung im Browser oder ein Token</translation>
    </message>
    <message>
        <source>user name and application password</source>
        <translation>Benutzername und Anwendungspasswort</translation>
    </message>
    <message>
        <source>application password</source>
        <translation>Anwendungspasswort</translation>
    </message>
    <message>
        <source>user name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Is this you, or do you want to listen to it?</source>
        <translation>Sind Sie das selbst, oder möchten Sie nur zuhören?</translation>
    </message>
    <message>
        <source>%1 · %2 %3</source>
        <comment>name · network, and what it is there</comment>
        <translation>%1 · %2-%3</translation>
    </message>
    <message>
        <source>This is us: sign in to answer as %1</source>
        <translation>Das sind wir: anmelden, um als %1 zu antworten</translation>
    </message>
    <message>
        <source>Listen only: read what %1 posts</source>
        <translation>Nur zuhören: lesen, was %1 schreibt</translation>
    </message>
    <message>
        <source>%1 (best)</source>
        <translation>%1 (empfohlen)</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lesen</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>antworten</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>moderieren</translation>
    </message>
    <message>
        <source>Can: %1. Needs: %2.</source>
        <translation>Kann: %1. Braucht: %2.</translation>
    </message>
    <message>
        <source>Delivers the same as %1.</source>
        <translation>Liefert dasselbe wie %1.</translation>
    </message>
</context>
<context>
    <name>Earshot::GivenUpConnections</name>
    <message>
        <source>Earshot was ended meanwhile.</source>
        <translation>Earshot wurde inzwischen beendet.</translation>
    </message>
    <message>
        <source>Connect a channel</source>
        <translation>Kanal verbinden</translation>
    </message>
    <message>
        <source>%1 was connected nevertheless, and could not be taken back.</source>
        <translation>%1 wurde dennoch verbunden und konnte nicht zurückgenommen werden.</translation>
    </message>
    <message>
        <source>It is listed among the channels, where it can be removed.</source>
        <translation>Er steht bei den Kanälen und kann dort entfernt werden.</translation>
    </message>
</context>
<context>
    <name>Earshot::InboxPane</name>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>&amp;Next conversation</source>
        <translation>&amp;Nächstes Gespräch</translation>
    </message>
    <message>
        <source>&amp;Previous conversation</source>
        <translation>&amp;Voriges Gespräch</translation>
    </message>
    <message>
        <source>&amp;Mark</source>
        <translation>&amp;Markieren</translation>
    </message>
    <message>
        <source>Mark and go to the next</source>
        <translation>Markieren und zum nächsten</translation>
    </message>
    <message>
        <source>Mark and go to the previous</source>
        <translation>Markieren und zum vorigen</translation>
    </message>
    <message>
        <source>&amp;Unmark all</source>
        <translation>Alle Markierungen auf&amp;heben</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>Die Liste konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Mark &amp;all in this view</source>
        <translation>&amp;Alles in dieser Ansicht markieren</translation>
    </message>
    <message>
        <source>Sort: ne&amp;west first</source>
        <translation>Sortieren: ne&amp;ueste zuerst</translation>
    </message>
    <message>
        <source>Sort: &amp;longest waiting first</source>
        <translation>Sortieren: am &amp;längsten wartende zuerst</translation>
    </message>
    <message>
        <source>Sort: &amp;highest priority first</source>
        <translation>Sortieren: &amp;höchste Priorität zuerst</translation>
    </message>
    <message>
        <source>&amp;Group by thread</source>
        <translation>Nach Thema &amp;gruppieren</translation>
    </message>
    <message>
        <source>The rest of the list could not be read.</source>
        <translation>Der Rest der Liste konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Nothing was marked.</source>
        <translation>Nichts wurde markiert.</translation>
    </message>
    <message>
        <source>the newest %1 of %2</source>
        <comment>conversations, of a long list that is sorted otherwise</comment>
        <translation>die neuesten %1 von %2</translation>
    </message>
    <message>
        <source>This list has one order: newest first.</source>
        <translation>Diese Liste hat nur eine Reihenfolge: die neuesten zuerst.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unseen</source>
        <translation>
            <numerusform>%Ln ungesehen</numerusform>
            <numerusform>%Ln ungesehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Sort: widest &amp;reach first</source>
        <translation>Sortieren: größte &amp;Reichweite zuerst</translation>
    </message>
</context>
<context>
    <name>Earshot::JoinDialog</name>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Join a shared workspace</source>
        <translation>Einem gemeinsamen Arbeitsbereich beitreten</translation>
    </message>
    <message>
        <source>The server does not know this device (any more). Log in to work on; what is here stays.</source>
        <translation>Der Server kennt dieses Gerät nicht (mehr). Melden Sie sich an, um weiterzuarbeiten; was hier ist, bleibt.</translation>
    </message>
    <message>
        <source>A workspace that your team shares lives on a server. Here you keep a replica of what you may see: it is read without waiting, and what you do is done for everybody.</source>
        <translation>Ein Arbeitsbereich, den Ihr Team gemeinsam nutzt, liegt auf einem Server. Auf diesem Rechner liegt eine Kopie dessen, was Sie sehen dürfen: Lesen geht ohne Warten, und was Sie tun, gilt für alle.</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>Your &amp;name there</source>
        <translation>Ihr &amp;Name dort</translation>
    </message>
    <message>
        <source>How much of the workspace is here</source>
        <translation>Wie viel vom Arbeitsbereich hier ist</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Logging in…</source>
        <translation>Anmeldung läuft …</translation>
    </message>
    <message>
        <source>The newest conversations arrive first; older ones follow while you work.</source>
        <translation>Die neuesten Gespräche kommen zuerst; ältere folgen, während Sie arbeiten.</translation>
    </message>
    <message>
        <source>&amp;Password, or a token</source>
        <translation>&amp;Passwort oder ein Token</translation>
    </message>
    <message>
        <source>Logged in. The keychain is to keep that, and may be asking for its own password.</source>
        <translation>Angemeldet. Der Schlüsselbund soll das behalten und fragt vielleicht nach seinem eigenen Passwort.</translation>
    </message>
    <message>
        <source>%p%</source>
        <comment>progress; %p is a number</comment>
        <translation>%p %</translation>
    </message>
</context>
<context>
    <name>Earshot::JournalDialog</name>
    <message>
        <source>Show &amp;older</source>
        <translation>Ä&amp;ltere zeigen</translation>
    </message>
    <message>
        <source>Open &amp;conversation</source>
        <translation>&amp;Gespräch öffnen</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Journal, newest first</source>
        <translation>Journal, Neuestes zuerst</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>Das Netzwerk</translation>
    </message>
    <message>
        <source>%1 answered</source>
        <translation>%1 hat geantwortet</translation>
    </message>
    <message>
        <source>%1 wrote a note</source>
        <translation>%1 hat eine Notiz geschrieben</translation>
    </message>
    <message>
        <source>%1 changed a note</source>
        <translation>%1 hat eine Notiz geändert</translation>
    </message>
    <message>
        <source>A message was edited on the network</source>
        <translation>Eine Nachricht wurde im Netzwerk bearbeitet</translation>
    </message>
    <message>
        <source>A message was deleted on the network</source>
        <translation>Eine Nachricht wurde im Netzwerk gelöscht</translation>
    </message>
    <message>
        <source>Answered on the network</source>
        <translation>Im Netzwerk beantwortet</translation>
    </message>
    <message>
        <source>%1 connected the channel %2</source>
        <translation>%1 hat den Kanal %2 verbunden</translation>
    </message>
    <message>
        <source>%1: on duty</source>
        <translation>%1: im Dienst</translation>
    </message>
    <message>
        <source>%1: off duty</source>
        <translation>%1: nicht im Dienst</translation>
    </message>
    <message>
        <source>%1 added the agent %2</source>
        <translation>%1 hat %2 hinzugefügt</translation>
    </message>
    <message>
        <source>%1 changed the agent %2 to %3</source>
        <translation>%1 hat %2 zu %3 geändert</translation>
    </message>
    <message>
        <source>%1 saved the saved reply %2</source>
        <translation>%1 hat den Textbaustein %2 gespeichert</translation>
    </message>
    <message>
        <source>%1 removed the saved reply %2</source>
        <translation>%1 hat den Textbaustein %2 entfernt</translation>
    </message>
    <message>
        <source>%1 saved the macro %2</source>
        <translation>%1 hat das Makro %2 gespeichert</translation>
    </message>
    <message>
        <source>%1 made the team %2</source>
        <translation>%1 hat das Team %2 angelegt</translation>
    </message>
    <message>
        <source>%1 added to a team: %2</source>
        <translation>%1 hat in ein Team aufgenommen: %2</translation>
    </message>
    <message>
        <source>%1 removed from a team: %2</source>
        <translation>%1 hat aus einem Team genommen: %2</translation>
    </message>
    <message>
        <source>%1 made the view %2</source>
        <translation>%1 hat die Ansicht %2 angelegt</translation>
    </message>
    <message>
        <source>%1 changed the view %2</source>
        <translation>%1 hat die Ansicht %2 geändert</translation>
    </message>
    <message>
        <source>%1 removed the view %2</source>
        <translation>%1 hat die Ansicht %2 entfernt</translation>
    </message>
    <message>
        <source>%1 moved the view %2</source>
        <translation>%1 hat die Ansicht %2 verschoben</translation>
    </message>
    <message>
        <source>%1 pinned a notice: %2</source>
        <translation>%1 hat einen Hinweis angeheftet: %2</translation>
    </message>
    <message>
        <source>%1 took a notice down: %2</source>
        <translation>%1 hat einen Hinweis abgenommen: %2</translation>
    </message>
    <message>
        <source>%1 removed the macro %2</source>
        <translation>%1 hat das Makro %2 entfernt</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Nothing was done yet.</source>
        <translation>Es wurde noch nichts getan.</translation>
    </message>
    <message>
        <source>The newest %1 lines.</source>
        <translation>Die neuesten %1 Zeilen.</translation>
    </message>
    <message>
        <source>These are all lines.</source>
        <translation>Das sind alle Zeilen.</translation>
    </message>
    <message>
        <source>%1 set the time in which sending can be undone: %2 s</source>
        <translation>%1 hat festgelegt, wie lange Senden rückgängig zu machen ist: %2 s</translation>
    </message>
    <message>
        <source>%1 set the days after which a new conversation begins: %2</source>
        <translation>%1 hat festgelegt, nach wie vielen Tagen ein neues Gespräch beginnt: %2</translation>
    </message>
    <message>
        <source>%1 renamed the team %2 to %3</source>
        <translation>%1 hat das Team %2 in %3 umbenannt</translation>
    </message>
    <message>
        <source>%1 removed the team %2</source>
        <translation>%1 hat das Team %2 entfernt</translation>
    </message>
    <message>
        <source>%1 changed a setting: %2</source>
        <translation>%1 hat eine Einstellung geändert: %2</translation>
    </message>
    <message>
        <source>This could not be read. %1</source>
        <translation>Das konnte nicht gelesen werden. %1</translation>
    </message>
    <message>
        <source>(not known here)</source>
        <translation>(hier nicht bekannt)</translation>
    </message>
    <message>
        <source>The network of %1 gave no more history: something may be missing between %2 and %3</source>
        <translation>Das Netzwerk von %1 gab nicht mehr her: zwischen %2 und %3 kann etwas fehlen</translation>
    </message>
    <message>
        <source>%1 changed the channel %2</source>
        <translation>%1 hat den Kanal %2 geändert</translation>
    </message>
    <message>
        <source>%1 removed the channel %2</source>
        <translation>%1 hat den Kanal %2 entfernt</translation>
    </message>
    <message>
        <source>%1 stopped sending on %2: %3</source>
        <translation>%1 hat das Senden auf %2 angehalten: %3</translation>
    </message>
    <message>
        <source>%1 resumed sending on %2</source>
        <translation>%1 hat das Senden auf %2 fortgesetzt</translation>
    </message>
    <message>
        <source>%1 opened the channel %2 to everybody</source>
        <translation>%1 hat den Kanal %2 für alle freigegeben</translation>
    </message>
    <message>
        <source>%1 gave the channel %2 to the team %3</source>
        <translation>%1 hat den Kanal %2 dem Team %3 gegeben</translation>
    </message>
    <message>
        <source>Search the journal</source>
        <translation>Im Journal suchen</translation>
    </message>
    <message>
        <source>Whose lines are shown</source>
        <translation>Wessen Zeilen gezeigt werden</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>The whole journal was searched.</source>
        <translation>Das ganze Journal wurde durchsucht.</translation>
    </message>
    <message>
        <source>Searched back to %1.</source>
        <translation>Durchsucht bis zurück zum %1.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <comment>journal lines waiting above the list</comment>
        <translation>
            <numerusform>%Ln neu</numerusform>
            <numerusform>%Ln neue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln new line(s)</source>
        <translation>
            <numerusform>%Ln neue Zeile zeigen</numerusform>
            <numerusform>%Ln neue Zeilen zeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Earshot::JournalModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
</context>
<context>
    <name>Earshot::KeepDialog</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Only leads and admins can change these.</source>
        <translation>Ändern können das nur Leitung und Verwaltung.</translation>
    </message>
    <message>
        <source>This is not saved yet.</source>
        <translation>Das ist noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>It could not be saved.</source>
        <translation>Es konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Somebody else removed this meanwhile. Saving keeps it as a new one.</source>
        <translation>Jemand anders hat das inzwischen entfernt. Beim Speichern wird es neu angelegt.</translation>
    </message>
    <message>
        <source>Somebody else changed this meanwhile.</source>
        <translation>Jemand anders hat das inzwischen geändert.</translation>
    </message>
    <message>
        <source>Show theirs</source>
        <translation>Deren Stand zeigen</translation>
    </message>
    <message>
        <source>Save mine anyway</source>
        <translation>Meinen trotzdem speichern</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a name, and what was done with it</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Made.</source>
        <translation>Angelegt.</translation>
    </message>
    <message>
        <source>Changed.</source>
        <translation>Geändert.</translation>
    </message>
</context>
<context>
    <name>Earshot::KnownSentence</name>
    <message>
        <source>nothing newer than %1 was found there; what is older was left out</source>
        <translation>nichts Neueres als %1 wurde dort gefunden; Älteres wurde weggelassen</translation>
    </message>
    <message>
        <source>what is new is dated %1</source>
        <translation>Neues ist %1 datiert</translation>
    </message>
    <message>
        <source>the network&apos;s clock is %1</source>
        <translation>die Uhr des Netzwerks ist %1</translation>
    </message>
    <message>
        <source>%1 days ahead</source>
        <translation>%1 Tage voraus</translation>
    </message>
    <message>
        <source>%1 days behind</source>
        <translation>%1 Tage zurück</translation>
    </message>
    <message>
        <source>a day ahead</source>
        <translation>einen Tag voraus</translation>
    </message>
    <message>
        <source>a day behind</source>
        <translation>einen Tag zurück</translation>
    </message>
    <message>
        <source>gap possible between %1 and %2</source>
        <translation>zwischen %1 und %2 kann etwas fehlen</translation>
    </message>
    <message>
        <source>the document ends early or is broken: only what was whole is stored</source>
        <translation>das Dokument endet zu früh oder ist beschädigt: nur was ganz war, ist gespeichert</translation>
    </message>
    <message>
        <source>the account&apos;s notification settings drop mentions: %1</source>
        <translation>die Benachrichtigungseinstellungen des Kontos verwerfen Erwähnungen: %1</translation>
    </message>
    <message>
        <source>filters of the account may hide mentions: %1</source>
        <translation>Filter des Kontos verbergen vielleicht Erwähnungen: %1</translation>
    </message>
    <message>
        <source>the account hides everybody on these lists: %1</source>
        <translation>das Konto verbirgt alle auf diesen Listen: %1</translation>
    </message>
    <message>
        <source>people whom the account does not follow</source>
        <translation>Leute, denen das Konto nicht folgt</translation>
    </message>
    <message>
        <source>people who do not follow the account</source>
        <translation>Leute, die dem Konto nicht folgen</translation>
    </message>
    <message>
        <source>new accounts</source>
        <translation>neue Konten</translation>
    </message>
    <message>
        <source>private mentions</source>
        <translation>private Erwähnungen</translation>
    </message>
    <message>
        <source>accounts limited by moderators</source>
        <translation>von der Moderation eingeschränkte Konten</translation>
    </message>
    <message>
        <source>The file is damaged (%1): restore a backup.</source>
        <translation>Die Datei ist beschädigt (%1): Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>SQLite: %1: restore a backup.</source>
        <translation>SQLite: %1: Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>Row %1 of %2 names a row of %3 that does not exist: restore a backup.</source>
        <translation>Zeile %1 von %2 nennt eine Zeile von %3, die es nicht gibt: Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>Conversation %1 is said to be a duplicate of one that fewer people may see: give it another reason.</source>
        <translation>Gespräch %1 gilt als Doppel eines Gesprächs, das weniger Leute sehen dürfen: Geben Sie ihm einen anderen Grund.</translation>
    </message>
    <message>
        <source>Contact %1 is merged into one that fewer people may see: part them.</source>
        <translation>Kontakt %1 ist mit einem zusammengelegt, den weniger Leute sehen dürfen: Trennen Sie die beiden.</translation>
    </message>
    <message>
        <source>Change number %1 is in use but was never handed out (the last one is %2): restore a backup.</source>
        <translation>Die Änderungsnummer %1 ist vergeben, wurde aber nie ausgegeben (die letzte ist %2): Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>The commits recorded end at change number %1 and go on at %2: restore a backup.</source>
        <translation>Die verzeichneten Schritte enden bei der Änderungsnummer %1 und gehen bei %2 weiter: Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>Change number %1 is used twice: restore a backup.</source>
        <translation>Die Änderungsnummer %1 kommt zweimal vor: Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>%1 of the kept counts of conversations are wrong: lists are right, their numbers are not.</source>
        <translation>%1 der gemerkten Zahlen der Gespräche sind falsch: Die Listen stimmen, ihre Zahlen nicht.</translation>
    </message>
    <message>
        <source>%1 of the kept counts of tags are wrong: lists are right, their numbers are not.</source>
        <translation>%1 der gemerkten Zahlen der Schlagwörter sind falsch: Die Listen stimmen, ihre Zahlen nicht.</translation>
    </message>
    <message>
        <source>%1 of the kept counts of views are wrong: lists are right, their numbers are not.</source>
        <translation>%1 der gemerkten Zahlen der Ansichten sind falsch: Die Listen stimmen, ihre Zahlen nicht.</translation>
    </message>
    <message>
        <source>Conversation #%1 holds %2 messages but says %3: restore a backup.</source>
        <translation>Gespräch #%1 hat %2 Nachrichten, angeblich %3: Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>The index of addresses is missing: restore a backup.</source>
        <translation>Das Verzeichnis der Adressen fehlt: Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>Messages %1 and %2 are the same one (%3): restore a backup.</source>
        <translation>Die Nachrichten %1 und %2 sind dieselbe (%3): Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>The media file %1 is missing: copy it from a backup.</source>
        <translation>Die Mediendatei %1 fehlt: Kopieren Sie sie aus einer Sicherung.</translation>
    </message>
    <message>
        <source>The media file %1 is not what it was: copy it from a backup.</source>
        <translation>Die Mediendatei %1 ist nicht mehr, was sie war: Kopieren Sie sie aus einer Sicherung.</translation>
    </message>
    <message>
        <source>The full-text index does not agree with the messages: search may miss some.</source>
        <translation>Das Suchverzeichnis stimmt nicht mit den Nachrichten überein: Die Suche kann manche übersehen.</translation>
    </message>
    <message>
        <source>This file is not a sound database: restore a backup.</source>
        <translation>Diese Datei ist keine heile Datenbank: Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>The index of names does not agree with the contacts: search may miss some.</source>
        <translation>Das Namensverzeichnis stimmt nicht mit den Kontakten überein: Die Suche kann manche übersehen.</translation>
    </message>
</context>
<context>
    <name>Earshot::LatestItems</name>
    <message>
        <source>Show them with this sign-in</source>
        <translation>Mit dieser Anmeldung zeigen</translation>
    </message>
    <message>
        <source>The latest there</source>
        <translation>Das Neueste dort</translation>
    </message>
    <message>
        <source>Show the latest items with this sign-in</source>
        <translation>Die neuesten Einträge mit dieser Anmeldung zeigen</translation>
    </message>
    <message>
        <source>The latest items</source>
        <translation>Die neuesten Einträge</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>They cannot be shown before it is connected.</source>
        <translation>Sie lassen sich erst zeigen, wenn der Kanal verbunden ist.</translation>
    </message>
    <message>
        <source>Visible after signing in.</source>
        <translation>Nach der Anmeldung sichtbar.</translation>
    </message>
    <message>
        <source>Nobody has written there yet.</source>
        <translation>Dort hat noch niemand geschrieben.</translation>
    </message>
    <message>
        <source>Nothing has been written there yet.</source>
        <translation>Dort wurde noch nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>Earshot::ListHeader</name>
    <message>
        <source>Group by thread</source>
        <translation>Nach Thema gruppieren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <comment>conversations waiting above the list</comment>
        <translation>
            <numerusform>%Ln neu</numerusform>
            <numerusform>%Ln neue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moved</source>
        <comment>rows that would go up, as their contact wrote again</comment>
        <translation>
            <numerusform>%Ln verschoben</numerusform>
            <numerusform>%Ln verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln new conversation(s)</source>
        <translation>
            <numerusform>%Ln neues Gespräch zeigen</numerusform>
            <numerusform>%Ln neue Gespräche zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in the list: %1</source>
        <translation>In der Liste zeigen: %1</translation>
    </message>
</context>
<context>
    <name>Earshot::LogOutDialog</name>
    <message>
        <source>&amp;Erase what is kept here</source>
        <translation>Löschen, was hier &amp;aufbewahrt wird</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Deletes the replica with your drafts and all pictures. What was deleted may be found again on the disk until it is overwritten, on an SSD for long: only an encrypted disk protects against that.</source>
        <translation>Löscht das Replikat mit Ihren Entwürfen und allen Bildern. Gelöschtes kann auf dem Datenträger wiedergefunden werden, bis es überschrieben ist, auf einer SSD lange: Davor schützt nur ein verschlüsselter Datenträger.</translation>
    </message>
    <message>
        <source>The server forgets this device, and its log-in is removed from the keychain. What is kept here stays readable for whoever uses this account of the computer, unless it is erased.</source>
        <translation>Der Server vergisst dieses Gerät, und seine Anmeldung wird aus dem Schlüsselbund entfernt. Was hier aufbewahrt wird, bleibt lesbar für alle, die dieses Konto des Rechners benutzen, wenn es nicht gelöscht wird.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) that you did here, replies perhaps, the server has not taken. They go out when you log in here again; erased, they are lost.</source>
        <translation>
            <numerusform>%Ln Ihrer Antworten oder Aktionen ist noch nicht beim Server angekommen. Sie wird gesendet, sobald Sie sich hier wieder anmelden; beim Löschen geht sie verloren.</numerusform>
            <numerusform>%Ln Ihrer Antworten oder Aktionen sind noch nicht beim Server angekommen. Sie werden gesendet, sobald Sie sich hier wieder anmelden; beim Löschen gehen sie verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Erase what is kept here, and lose what was not sent</source>
        <translation>&amp;Löschen, was hier aufbewahrt wird, und verlieren, was nicht gesendet wurde</translation>
    </message>
</context>
<context>
    <name>Earshot::MacroDialog</name>
    <message>
        <source>Macros</source>
        <translation>Makros</translation>
    </message>
    <message>
        <source>There are no macros yet. Give one a name, a key and what it does; M and its key then do all of it.</source>
        <translation>Es gibt noch keine Makros. Geben Sie einem einen Namen, eine Taste und was es tut; M und seine Taste tun dann alles davon.</translation>
    </message>
    <message>
        <source>Name of the macro</source>
        <translation>Name des Makros</translation>
    </message>
    <message>
        <source>Key of the macro, pressed after M</source>
        <translation>Taste des Makros, nach M gedrückt</translation>
    </message>
    <message>
        <source>one letter or digit</source>
        <translation>ein Buchstabe oder eine Ziffer</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Key after M</source>
        <translation>&amp;Taste nach M</translation>
    </message>
    <message>
        <source>&amp;What it does, in this order</source>
        <translation>&amp;Was es tut, in dieser Reihenfolge</translation>
    </message>
    <message>
        <source>What it does, in this order</source>
        <translation>Was es tut, in dieser Reihenfolge</translation>
    </message>
    <message>
        <source>Add a step…</source>
        <translation>Schritt hinzufügen …</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Remove the step</source>
        <translation>Schritt entfernen</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>Wem</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>Answered, or no answer needed</source>
        <translation>Beantwortet oder keine Antwort nötig</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>Text der Notiz</translation>
    </message>
    <message>
        <source>Text of the reply</source>
        <translation>Text der Antwort</translation>
    </message>
    <message>
        <source>Only your team sees this. @ mentions a colleague.</source>
        <translation>Nur Ihr Team sieht das. @ erwähnt jemanden.</translation>
    </message>
    <message>
        <source>Put into the composer; you send it. {name} is filled in.</source>
        <translation>Kommt ins Schreibfeld; Sie senden es. {name} wird ausgefüllt.</translation>
    </message>
    <message>
        <source>%1 (M %2)</source>
        <translation>%1 (M %2)</translation>
    </message>
</context>
<context>
    <name>Earshot::MacroPicker</name>
    <message numerus="yes">
        <source>Macro on %Ln conversation(s)</source>
        <translation>
            <numerusform>Makro für ein Gespräch</numerusform>
            <numerusform>Makro für %Ln Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>Macros: press the key, or Enter</source>
        <translation>Makros: Taste drücken, oder Eingabe</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation>%1, Taste %2</translation>
    </message>
    <message>
        <source>Find a macro by its name</source>
        <translation>Makro nach Namen suchen</translation>
    </message>
    <message>
        <source>Press a key; / finds by name</source>
        <translation>Taste drücken; / sucht nach Namen</translation>
    </message>
    <message>
        <source>There are no macros yet. A macro does several things with one key: it assigns, tags and begins the answer, say.</source>
        <translation>Es gibt noch keine Makros. Ein Makro tut mit einer Taste mehreres: es weist etwa zu, verschlagwortet und beginnt die Antwort.</translation>
    </message>
    <message>
        <source>Macros…</source>
        <translation>Makros …</translation>
    </message>
</context>
<context>
    <name>Earshot::MacroWording</name>
    <message>
        <source>Assign to me</source>
        <translation>Mir zuweisen</translation>
    </message>
    <message>
        <source>Assign to somebody</source>
        <translation>Jemandem zuweisen</translation>
    </message>
    <message>
        <source>Give back to the team</source>
        <translation>Ans Team zurückgeben</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
    <message>
        <source>Remove a tag</source>
        <translation>Schlagwort entfernen</translation>
    </message>
    <message>
        <source>Set the priority</source>
        <translation>Priorität setzen</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Wait for the contact</source>
        <translation>Auf den Kontakt warten</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Erledigen</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder offen</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Begin a reply</source>
        <translation>Antwort beginnen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>einen Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>eine Stunde</numerusform>
            <numerusform>%Ln Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>eine Minute</numerusform>
            <numerusform>%Ln Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Assign to %1</source>
        <translation>%1 zuweisen</translation>
    </message>
    <message>
        <source>Add the tag %1</source>
        <translation>Schlagwort %1 hinzufügen</translation>
    </message>
    <message>
        <source>Remove the tag %1</source>
        <translation>Schlagwort %1 entfernen</translation>
    </message>
    <message>
        <source>Set the priority to %1</source>
        <translation>Priorität auf %1 setzen</translation>
    </message>
    <message>
        <source>Snooze for %1</source>
        <translation>Zurückstellen für %1</translation>
    </message>
    <message>
        <source>Resolve as %1</source>
        <translation>Erledigen als %1</translation>
    </message>
    <message>
        <source>Write the note %1</source>
        <translation>Notiz schreiben: %1</translation>
    </message>
    <message>
        <source>Begin the reply %1</source>
        <translation>Antwort beginnen: %1</translation>
    </message>
</context>
<context>
    <name>Earshot::MainWindow</name>
    <message>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Another program has this workspace open and pulls and sends for it.</source>
        <translation>Ein anderes Programm hat diesen Arbeitsbereich geöffnet und ruft ab und sendet für ihn.</translation>
    </message>
    <message>
        <source>Earshot</source>
        <translation>Earshot</translation>
    </message>
    <message>
        <source>The workspace could not be opened.</source>
        <translation>Der Arbeitsbereich konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>%1 · Earshot</source>
        <comment>window title</comment>
        <translation>%1 · Earshot</translation>
    </message>
    <message>
        <source>Your drafts could not be saved.</source>
        <translation>Ihre Entwürfe konnten nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Do it anyway</source>
        <translation>Trotzdem tun</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new message(s).</source>
        <translation>
            <numerusform>%Ln neue Nachricht.</numerusform>
            <numerusform>%Ln neue Nachrichten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu „%1“</translation>
    </message>
    <message>
        <source>&amp;Search or command</source>
        <translation>&amp;Suche oder Befehl</translation>
    </message>
    <message>
        <source>&amp;Pull now</source>
        <translation>Jetzt &amp;abrufen</translation>
    </message>
    <message>
        <source>&amp;Channels…</source>
        <translation>&amp;Kanäle …</translation>
    </message>
    <message>
        <source>C&amp;onnect a channel…</source>
        <translation>Kanal &amp;verbinden …</translation>
    </message>
    <message>
        <source>&amp;Outbox and trouble…</source>
        <translation>A&amp;usgang und Störungen …</translation>
    </message>
    <message>
        <source>Appearance: as the &amp;system</source>
        <translation>Aussehen: wie das &amp;System</translation>
    </message>
    <message>
        <source>Appearance: &amp;light</source>
        <translation>Aussehen: &amp;hell</translation>
    </message>
    <message>
        <source>Appearance: &amp;dark</source>
        <translation>Aussehen: &amp;dunkel</translation>
    </message>
    <message>
        <source>Appearance: &amp;high contrast</source>
        <translation>Aussehen: hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>&amp;About Earshot</source>
        <translation>Ü&amp;ber Earshot</translation>
    </message>
    <message>
        <source>About Earshot</source>
        <translation>Über Earshot</translation>
    </message>
    <message>
        <source>Earshot %1</source>
        <translation>Earshot %1</translation>
    </message>
    <message>
        <source>A desk for what people say about you in public. Free software under the GNU GPL, version 3 or later.</source>
        <translation>Ein Arbeitsplatz für das, was öffentlich über Sie gesagt wird. Freie Software unter der GNU GPL, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Earshot</source>
        <translation>&amp;Earshot</translation>
    </message>
    <message>
        <source>&amp;Conversation</source>
        <translation>&amp;Gespräch</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;Liste</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>Gehe &amp;zu</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>Switch single-letter keys o&amp;ff</source>
        <translation>Tasten mit einem Buchstaben &amp;ausschalten</translation>
    </message>
    <message>
        <source>Switch single-letter keys o&amp;n</source>
        <translation>Tasten mit einem Buchstaben &amp;einschalten</translation>
    </message>
    <message>
        <source>&amp;Shortcuts…</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source>Open in its own &amp;window</source>
        <translation>In eigenem &amp;Fenster öffnen</translation>
    </message>
    <message>
        <source>%1 works here. Quit, then start as %2.</source>
        <translation>Hier arbeitet %1. Beenden Sie Earshot und starten Sie es als %2.</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>The reply is on its way.</source>
        <translation>Die Antwort ist unterwegs.</translation>
    </message>
    <message numerus="yes">
        <source>The reply goes out in %Ln second(s).</source>
        <translation>
            <numerusform>Die Antwort wird in %Ln Sekunde gesendet.</numerusform>
            <numerusform>Die Antwort wird in %Ln Sekunden gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>You are logged out.</source>
        <translation>Sie sind abgemeldet.</translation>
    </message>
    <message>
        <source>The server was not reached: it still knows this device (%1) until an admin revokes its token.</source>
        <translation>Der Server war nicht zu erreichen: Er kennt dieses Gerät (%1) noch, bis die Verwaltung dessen Token widerruft.</translation>
    </message>
    <message>
        <source>The log-in could not be removed from the keychain.</source>
        <translation>Die Anmeldung konnte nicht aus dem Schlüsselbund entfernt werden.</translation>
    </message>
    <message>
        <source>What was kept here is deleted: the replica, your drafts in it and all pictures.</source>
        <translation>Was hier aufbewahrt wurde, ist gelöscht: das Replikat, Ihre Entwürfe darin und alle Bilder.</translation>
    </message>
    <message>
        <source>Not everything that was kept here could be deleted. Left: %1</source>
        <translation>Nicht alles, was hier aufbewahrt wurde, konnte gelöscht werden. Übrig: %1</translation>
    </message>
    <message>
        <source>This file has joined that server already: it was opened.</source>
        <translation>Diese Datei ist diesem Server schon beigetreten: Sie wurde geöffnet.</translation>
    </message>
    <message>
        <source>This file is a replica of another server&apos;s workspace. To join name a file that is not there yet.</source>
        <translation>Diese Datei ist ein Replikat des Arbeitsbereichs eines anderen Servers. Nennen Sie zum Beitreten eine Datei, die es noch nicht gibt.</translation>
    </message>
    <message>
        <source>This file is a workspace of its own. To join a shared one name a file that is not there yet.</source>
        <translation>Diese Datei ist ein eigener Arbeitsbereich. Nennen Sie zum Beitreten eines gemeinsamen eine Datei, die es noch nicht gibt.</translation>
    </message>
    <message>
        <source>There is another draft in this conversation. Nothing was changed.</source>
        <translation>In diesem Gespräch steht schon ein anderer Entwurf. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>What you did could not be done: %1</source>
        <translation>Nicht ausgeführt: %1</translation>
    </message>
    <message>
        <source>The other workspace could not be opened.</source>
        <translation>Der andere Arbeitsbereich konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>This is a copy of what was here then, for reading. It follows nobody, and nothing is done with it.</source>
        <translation>Dies ist eine Kopie dessen, was damals hier war, zum Lesen. Sie folgt niemandem, und es wird nichts mit ihr getan.</translation>
    </message>
    <message>
        <source>This file cannot be written to here: it can only be read.</source>
        <translation>Diese Datei ist schreibgeschützt: Sie können sie nur lesen.</translation>
    </message>
    <message>
        <source>An admin has withdrawn your access to %1; what was kept of it here is deleted.</source>
        <translation>Die Verwaltung hat Ihnen den Zugang zu %1 entzogen; was davon hier aufbewahrt war, ist gelöscht.</translation>
    </message>
    <message>
        <source>You or an admin told this device to erase what it kept of %1; the workspace, your drafts in it and all pictures are deleted.</source>
        <translation>Sie oder die Verwaltung haben dieses Gerät angewiesen zu löschen, was es von %1 aufbewahrt; der Arbeitsbereich, Ihre Entwürfe darin und alle Bilder sind gelöscht.</translation>
    </message>
    <message>
        <source>A draft is too long to follow you to your other machines: it stays on this one.</source>
        <translation>Ein Entwurf ist zu lang, um Ihnen auf Ihre anderen Rechner zu folgen: Er bleibt auf diesem.</translation>
    </message>
    <message>
        <source>A&amp;gents…</source>
        <translation>K&amp;olleginnen und Kollegen …</translation>
    </message>
    <message>
        <source>&amp;Teams…</source>
        <translation>&amp;Teams …</translation>
    </message>
    <message>
        <source>The server does not know this device (any more). What you do here is kept, and goes out when you have logged in again.</source>
        <translation>Der Server kennt dieses Gerät nicht (mehr). Was Sie hier tun, bleibt erhalten und wird gesendet, wenn Sie sich wieder angemeldet haben.</translation>
    </message>
    <message>
        <source>The server does not know this device (any more). What is here can be read.</source>
        <translation>Der Server kennt dieses Gerät nicht (mehr). Was hier ist, lässt sich lesen.</translation>
    </message>
    <message>
        <source>%1 · %2 · Earshot</source>
        <comment>window title; %2 is a state</comment>
        <translation>%1 · %2 · Earshot</translation>
    </message>
    <message>
        <source>This window is for reading: nothing is changed in the file, and nothing is pulled, sent or asked of a server.</source>
        <translation>Dieses Fenster ist zum Lesen: Nichts wird in der Datei geändert, und nichts wird abgeholt, gesendet oder einen Server gefragt.</translation>
    </message>
    <message>
        <source>You are off duty: spread work does not come to you.</source>
        <translation>Sie sind nicht im Dienst: Was verteilt wird, geht an Ihnen vorbei.</translation>
    </message>
    <message>
        <source>Go on duty</source>
        <translation>Dienst beginnen</translation>
    </message>
</context>
<context>
    <name>Earshot::MediaViewer</name>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Previous attachment (Left)</source>
        <translation>Vorheriger Anhang (Links)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Next attachment (Right)</source>
        <translation>Nächster Anhang (Rechts)</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Smaller (-)</source>
        <translation>Kleiner (-)</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Größer (+)</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>As it is (0)</source>
        <translation>Wie es ist (0)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Fit into the window (F)</source>
        <translation>Ins Fenster einpassen (F)</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Save the file (Ctrl+S)</source>
        <translation>Datei speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Attachment %1 of %2</source>
        <translation>Anhang %1 von %2</translation>
    </message>
    <message>
        <source>There is no description.</source>
        <translation>Es gibt keine Beschreibung.</translation>
    </message>
    <message>
        <source>This attachment was not fetched.</source>
        <translation>Dieser Anhang wurde nicht geholt.</translation>
    </message>
    <message>
        <source>This picture cannot be shown here, but it can be saved.</source>
        <translation>Das ist kein Bild, das hier gezeigt werden kann; es lässt sich speichern.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Save attachment</source>
        <translation>Anhang speichern</translation>
    </message>
    <message>
        <source>attachment %1</source>
        <translation>Anhang %1</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>Not saved. %1</source>
        <translation>Nicht gespeichert. %1</translation>
    </message>
</context>
<context>
    <name>Earshot::MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Earshot::MessageCommands</name>
    <message>
        <source>&amp;Like, or take it back</source>
        <translation>&amp;Gefällt mir (oder nicht mehr)</translation>
    </message>
    <message>
        <source>&amp;Hide on the network, or show again</source>
        <translation>Im Netzwerk &amp;verbergen oder wieder zeigen</translation>
    </message>
    <message>
        <source>Ap&amp;prove on the network</source>
        <translation>Im Netzwerk &amp;freigeben</translation>
    </message>
    <message>
        <source>Mark as &amp;spam on the network</source>
        <translation>Im Netzwerk als &amp;Spam melden</translation>
    </message>
    <message>
        <source>Move to the network&apos;s &amp;trash</source>
        <translation>In den &amp;Papierkorb des Netzwerks</translation>
    </message>
    <message>
        <source>&amp;Delete our message on the network</source>
        <translation>Unsere Nachricht im Netzwerk &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Open on the network</source>
        <translation>Im Netzwerk ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Copy link</source>
        <translation>&amp;Link kopieren</translation>
    </message>
    <message>
        <source>Mark as &amp;unseen</source>
        <translation>Als &amp;ungesehen markieren</translation>
    </message>
    <message>
        <source>%1: message of %2</source>
        <comment>a like, a boost, ...</comment>
        <translation>%1: Nachricht von %2</translation>
    </message>
    <message>
        <source>The link is copied.</source>
        <translation>Der Link ist kopiert.</translation>
    </message>
    <message>
        <source>Show &amp;attachments</source>
        <translation>&amp;Anhänge zeigen</translation>
    </message>
    <message>
        <source>Choose a message first.</source>
        <translation>Zuerst eine Nachricht wählen.</translation>
    </message>
    <message>
        <source>This message has no attachments.</source>
        <translation>Diese Nachricht hat keine Anhänge.</translation>
    </message>
    <message>
        <source>This message has no page of its own.</source>
        <translation>Diese Nachricht hat keine eigene Seite.</translation>
    </message>
    <message>
        <source>This network offers no such thing for this message.</source>
        <translation>Dieses Netzwerk bietet das für diese Nachricht nicht an.</translation>
    </message>
    <message>
        <source>The contact has written nothing here that could be marked as unseen.</source>
        <translation>Der Kontakt hat hier nichts geschrieben, was ungesehen sein könnte.</translation>
    </message>
    <message>
        <source>Marked as unseen</source>
        <translation>Als ungesehen markiert</translation>
    </message>
    <message>
        <source>Only leads and whoever wrote a note can edit it.</source>
        <translation>Nur wer eine Notiz geschrieben hat und Leitungen können sie bearbeiten.</translation>
    </message>
    <message>
        <source>The server does not have this note yet.</source>
        <translation>Der Server hat diese Notiz noch nicht.</translation>
    </message>
    <message>
        <source>You have written no note here.</source>
        <translation>Sie haben hier keine Notiz geschrieben.</translation>
    </message>
    <message>
        <source>&amp;Edit note</source>
        <translation>&amp;Notiz bearbeiten</translation>
    </message>
    <message>
        <source>This conversation has not been read yet. Try again in a moment.</source>
        <translation>Dieses Gespräch ist noch nicht geladen. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>&amp;Boost, or take it back</source>
        <translation>&amp;Teilen (oder nicht mehr)</translation>
    </message>
    <message>
        <source>Copy the &amp;message</source>
        <translation>&amp;Nachricht kopieren</translation>
    </message>
    <message>
        <source>The message is copied.</source>
        <translation>Die Nachricht ist kopiert.</translation>
    </message>
    <message>
        <source>Open the writer&apos;s p&amp;rofile</source>
        <translation>P&amp;rofil der schreibenden Person öffnen</translation>
    </message>
    <message>
        <source>Who wrote this has no page of their own.</source>
        <translation>Wer dies geschrieben hat, hat keine eigene Seite.</translation>
    </message>
    <message>
        <source>Nothing in these has been seen that could be marked as unseen.</source>
        <translation>In diesen ist nichts gesehen, was ungesehen sein könnte.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversation(s) marked as unseen</source>
        <translation>
            <numerusform>%Ln Gespräch als ungesehen markiert</numerusform>
            <numerusform>%Ln Gespräche als ungesehen markiert</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no link in this message.</source>
        <translation>In dieser Nachricht steht kein Link.</translation>
    </message>
    <message>
        <source>Open a lin&amp;k in the message</source>
        <translation>Einen Link &amp;in der Nachricht öffnen</translation>
    </message>
    <message>
        <source>Which link?</source>
        <translation>Welchen Link?</translation>
    </message>
</context>
<context>
    <name>Earshot::MessageLayout</name>
    <message>
        <source>Sent smaller: %1 × %2 pixels</source>
        <translation>Verkleinert gesendet: %1 × %2 Pixel</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Answered on the network by %1</source>
        <translation>Im Netzwerk beantwortet von %1</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 als %2</translation>
    </message>
    <message>
        <source>liked by us</source>
        <translation>von uns favorisiert</translation>
    </message>
    <message>
        <source>boosted by us</source>
        <translation>von uns geteilt</translation>
    </message>
    <message>
        <source>Content warning: %1</source>
        <translation>Inhaltswarnung: %1</translation>
    </message>
    <message>
        <source>Before the edit: %1</source>
        <translation>Vor der Bearbeitung: %1</translation>
    </message>
    <message>
        <source>Hide the text</source>
        <translation>Text verbergen</translation>
    </message>
    <message>
        <source>Show the text</source>
        <translation>Text zeigen</translation>
    </message>
    <message>
        <source>Hide the text before the edit</source>
        <translation>Text vor der Bearbeitung verbergen</translation>
    </message>
    <message>
        <source>Show the text before the edit</source>
        <translation>Text vor der Bearbeitung zeigen</translation>
    </message>
    <message>
        <source>Show more of it</source>
        <translation>Mehr davon zeigen</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>It arrived</source>
        <translation>Es ist angekommen</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
</context>
<context>
    <name>Earshot::ModeLook</name>
    <message>
        <source>Public reply</source>
        <translation>Öffentliche Antwort</translation>
    </message>
    <message>
        <source>Private reply</source>
        <translation>Private Antwort</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>Notiz bearbeiten</translation>
    </message>
</context>
<context>
    <name>Earshot::NewFormDialog</name>
    <message>
        <source>Opening the workspace</source>
        <translation>Der Arbeitsbereich wird geöffnet</translation>
    </message>
    <message>
        <source>Making a copy to read in its new form…</source>
        <translation>Eine Kopie zum Lesen wird in ihre neue Form gebracht …</translation>
    </message>
    <message>
        <source>Bringing the workspace to its new form…</source>
        <translation>Der Arbeitsbereich wird in seine neue Form gebracht …</translation>
    </message>
    <message>
        <source>The file was last used with an older version of Earshot, and stays as it is. The copy is gone when its window is closed. A large one takes some minutes, and as much room again on the disk.</source>
        <translation>Die Datei wurde zuletzt mit einer älteren Fassung von Earshot benutzt und bleibt, wie sie ist. Die Kopie verschwindet, wenn ihr Fenster geschlossen wird. Eine große braucht einige Minuten und noch einmal so viel Platz auf der Platte.</translation>
    </message>
    <message>
        <source>It was last used with an older version of Earshot. A large one takes some minutes. Should the computer stop meanwhile, nothing is lost: the next start goes on.</source>
        <translation>Er wurde zuletzt mit einer älteren Fassung von Earshot benutzt. Ein großer braucht einige Minuten. Sollte der Rechner derweil stehen bleiben, geht nichts verloren: Der nächste Start macht weiter.</translation>
    </message>
    <message>
        <source>The workspace is being brought to its new form</source>
        <translation>Der Arbeitsbereich wird in seine neue Form gebracht</translation>
    </message>
    <message>
        <source>Quit when it is done</source>
        <translation>Beenden, wenn es fertig ist</translation>
    </message>
</context>
<context>
    <name>Earshot::NoticeBar</name>
    <message>
        <source>Pinned: %1</source>
        <translation>Angeheftet: %1</translation>
    </message>
    <message>
        <source>%1 (%2, until %3)</source>
        <comment>a notice, who pinned it and until when</comment>
        <translation>%1 (%2, bis %3)</translation>
    </message>
    <message>
        <source>Take this notice off for everybody</source>
        <translation>Diesen Hinweis für alle abnehmen</translation>
    </message>
</context>
<context>
    <name>Earshot::NoticeControl</name>
    <message>
        <source>Pin a &amp;notice…</source>
        <translation>&amp;Hinweis anheften …</translation>
    </message>
    <message>
        <source>The notice is pinned</source>
        <translation>Der Hinweis ist angeheftet</translation>
    </message>
    <message>
        <source>Took the notice off</source>
        <translation>Hinweis abgenommen</translation>
    </message>
</context>
<context>
    <name>Earshot::NoticeDialog</name>
    <message>
        <source>Pin a notice</source>
        <translation>Hinweis anheften</translation>
    </message>
    <message>
        <source>Everybody reads this above list and composer</source>
        <translation>Alle lesen das über Liste und Antwort</translation>
    </message>
    <message>
        <source>This list: %1</source>
        <translation>Diese Liste: %1</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Channel %1</source>
        <translation>Kanal %1</translation>
    </message>
    <message>
        <source>Tag %1</source>
        <translation>Schlagwort %1</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Text</translation>
    </message>
    <message>
        <source>&amp;Where</source>
        <translation>&amp;Wo</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>&amp;Bis</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>&amp;Anheften</translation>
    </message>
    <message>
        <source>Team %1</source>
        <translation>Team %1</translation>
    </message>
</context>
<context>
    <name>Earshot::NoticeWatch</name>
    <message>
        <source>%1 assigned a conversation to you</source>
        <translation>%1 hat Ihnen ein Gespräch zugewiesen</translation>
    </message>
    <message>
        <source>%1 took back your reply</source>
        <translation>%1 hat Ihre Antwort zurückgenommen</translation>
    </message>
    <message>
        <source>To %1: it is not sent. Its words stand in the conversation.</source>
        <translation>An %1: Sie wird nicht gesendet. Ihr Text steht im Gespräch.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 mentions you in a note</source>
        <translation>%1 erwähnt Sie in einer Notiz</translation>
    </message>
    <message>
        <source>A reply could not be sent</source>
        <translation>Eine Antwort konnte nicht gesendet werden</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>An %1</translation>
    </message>
    <message>
        <source>It is not known if a reply arrived</source>
        <translation>Es ist nicht bekannt, ob eine Antwort angekommen ist</translation>
    </message>
    <message>
        <source>It is not known if something was done on the network</source>
        <translation>Es ist nicht bekannt, ob im Netzwerk etwas ausgeführt wurde</translation>
    </message>
    <message>
        <source>Something could not be done on the network</source>
        <translation>Im Netzwerk konnte etwas nicht ausgeführt werden</translation>
    </message>
</context>
<context>
    <name>Earshot::Notifications</name>
    <message numerus="yes">
        <source>%Ln conversation(s) were assigned to you</source>
        <translation>
            <numerusform>Ihnen wurde ein Gespräch zugewiesen</numerusform>
            <numerusform>Ihnen wurden %Ln Gespräche zugewiesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s) mention you</source>
        <translation>
            <numerusform>Eine Notiz erwähnt Sie</numerusform>
            <numerusform>%Ln Notizen erwähnen Sie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of your replies were taken back</source>
        <translation>
            <numerusform>Eine Ihrer Antworten wurde zurückgenommen</numerusform>
            <numerusform>%Ln Ihrer Antworten wurden zurückgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln reply(s) could not be sent</source>
        <translation>
            <numerusform>Eine Antwort konnte nicht gesendet werden</numerusform>
            <numerusform>%Ln Antworten konnten nicht gesendet werden</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>Earshot::OrderBox</name>
    <message>
        <source>Order of the list</source>
        <translation>Reihenfolge der Liste</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Longest waiting first</source>
        <translation>Am längsten wartende zuerst</translation>
    </message>
    <message>
        <source>Highest priority first</source>
        <translation>Höchste Priorität zuerst</translation>
    </message>
    <message>
        <source>Widest reach first</source>
        <translation>Größte Reichweite zuerst</translation>
    </message>
</context>
<context>
    <name>Earshot::OriginControl</name>
    <message>
        <source>&amp;Work with this file</source>
        <translation>Mit dieser Datei &amp;arbeiten</translation>
    </message>
    <message>
        <source>This file was copied, moved or restored. Nothing is pulled or sent until you say that this is the one to work with.</source>
        <translation>Diese Datei wurde kopiert, verschoben oder wiederhergestellt. Es wird nichts abgerufen oder gesendet, bis Sie sagen, dass mit ihr gearbeitet wird.</translation>
    </message>
    <message>
        <source>Work with this file</source>
        <translation>Mit dieser Datei arbeiten</translation>
    </message>
    <message>
        <source>Earshot works with this file from now on.</source>
        <translation>Earshot arbeitet ab jetzt mit dieser Datei.</translation>
    </message>
</context>
<context>
    <name>Earshot::OutboxDetail</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>What is there now</source>
        <translation>Was jetzt da ist</translation>
    </message>
    <message>
        <source>Your words; they can be changed here</source>
        <translation>Ihr Text; er lässt sich hier ändern</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>Ihr Text</translation>
    </message>
    <message>
        <source>Copy the words</source>
        <translation>Den Text kopieren</translation>
    </message>
    <message>
        <source>What %1 wrote</source>
        <translation>Text von %1</translation>
    </message>
</context>
<context>
    <name>Earshot::OutboxDialog</name>
    <message>
        <source>Outbox and trouble</source>
        <translation>Ausgang und Störungen</translation>
    </message>
    <message>
        <source>Not yet done</source>
        <translation>Noch nicht erledigt</translation>
    </message>
    <message>
        <source>Open conversation</source>
        <translation>Gespräch öffnen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>It arrived</source>
        <translation>Es ist angekommen</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>Nothing is waiting</source>
        <translation>Nichts wartet</translation>
    </message>
    <message>
        <source>No reply waits to be sent, and none has failed.</source>
        <translation>Keine Antwort wartet darauf, gesendet zu werden, und keine ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>%1 in #%2 · %3 · %4</source>
        <comment>Reply in #4411 · channel · agent</comment>
        <translation>%1 in #%2 · %3 · %4</translation>
    </message>
    <message>
        <source>Look on the network: if it is there, say that it arrived; if not, send it again.</source>
        <translation>Sehen Sie im Netzwerk nach: Ist es dort, sagen Sie, dass es angekommen ist; wenn nicht, senden Sie es erneut.</translation>
    </message>
    <message>
        <source>Sending on this channel was stopped by %1.</source>
        <translation>Das Senden auf diesem Kanal wurde von %1 angehalten.</translation>
    </message>
    <message>
        <source>It is tried again at %1.</source>
        <translation>Es wird um %1 erneut versucht.</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>Trotzdem senden</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Do it anyway</source>
        <translation>Trotzdem tun</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>It is on its way already. Undo it when the server has answered.</source>
        <translation>Es ist schon unterwegs. Machen Sie es rückgängig, wenn der Server geantwortet hat.</translation>
    </message>
    <message>
        <source>Choose a line.</source>
        <translation>Wählen Sie eine Zeile.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more that cannot be listed: they follow when some of these are done.</source>
        <translation>
            <numerusform>Noch %Ln weiteres, das hier keinen Platz hat: Es folgt, wenn etwas hiervon erledigt ist.</numerusform>
            <numerusform>Noch %Ln weitere, die hier keinen Platz haben: Sie folgen, wenn etwas hiervon erledigt ist.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are done and on their way back here.</source>
        <translation>
            <numerusform>%Ln ist getan und auf dem Rückweg hierher.</numerusform>
            <numerusform>%Ln sind getan und auf dem Rückweg hierher.</numerusform>
        </translation>
    </message>
    <message>
        <source>More has come since you chose this line: it is shown above.</source>
        <translation>Seit Sie diese Zeile gewählt haben, ist mehr gekommen: Es steht oben.</translation>
    </message>
    <message>
        <source>These words will be gone for good.</source>
        <translation>Dieser Text ist dann endgültig weg.</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>The server is asked whether it was done already.</source>
        <translation>Der Server wird gefragt, ob es schon geschehen ist.</translation>
    </message>
    <message>
        <source>These words will be gone for good, unless they were published already: the server is asked.</source>
        <translation>Dieser Text ist dann endgültig weg, falls er nicht schon veröffentlicht wurde: Der Server wird gefragt.</translation>
    </message>
</context>
<context>
    <name>Earshot::OutboxWords</name>
    <message>
        <source>Content warning: %1</source>
        <translation>Inhaltswarnung: %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name · time</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 noted · %2</source>
        <translation>Notiz von %1 · %2</translation>
    </message>
    <message>
        <source>Answered on the network · %1</source>
        <translation>Im Netzwerk beantwortet · %1</translation>
    </message>
    <message>
        <source>%1 answered · %2</source>
        <translation>Antwort von %1 · %2</translation>
    </message>
    <message>
        <source>There is more; open the conversation.</source>
        <translation>Es gibt mehr: Öffnen Sie das Gespräch.</translation>
    </message>
    <message>
        <source>Nothing was written since. The newest messages:</source>
        <translation>Seither wurde nichts geschrieben. Die neuesten Nachrichten:</translation>
    </message>
    <message>
        <source>the server is asked whether it was done</source>
        <translation>der Server wird gefragt, ob es geschehen ist</translation>
    </message>
    <message>
        <source>waiting for the server</source>
        <translation>wartet auf den Server</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>nicht geschehen</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>may have been published</source>
        <translation>vielleicht schon veröffentlicht</translation>
    </message>
    <message>
        <source>may have been done</source>
        <translation>vielleicht schon geschehen</translation>
    </message>
    <message>
        <source>As soon as the server is reached it says whether this was done already. If it was not, it never will be by itself.</source>
        <translation>Sobald der Server erreicht wird, sagt er, ob es schon geschehen ist. Falls nicht, wird es auch nicht mehr von selbst gesendet.</translation>
    </message>
    <message>
        <source>It is sent as soon as the server is reached.</source>
        <translation>Es wird gesendet, sobald der Server erreicht wird.</translation>
    </message>
    <message>
        <source>It did not get through to the server: it was not done.</source>
        <translation>Es kam nicht bis zum Server durch: Es ist nicht geschehen.</translation>
    </message>
    <message>
        <source>The server refused it: %1</source>
        <translation>Der Server hat es abgelehnt: %1</translation>
    </message>
    <message>
        <source>Sent again unchanged it is published once; before it is changed the server is asked.</source>
        <translation>Unverändert noch einmal gesendet erscheint es nur einmal; bevor es geändert wird, wird der Server gefragt.</translation>
    </message>
    <message>
        <source>It was done already, and stays as it was sent.</source>
        <translation>Es ist schon geschehen und bleibt, wie es gesendet wurde.</translation>
    </message>
    <message>
        <source>The server does not answer now. It is asked as soon as it is reached; until then these words wait here.</source>
        <translation>Der Server antwortet gerade nicht. Er wird gefragt, sobald er erreicht wird; bis dahin wartet der Text hier.</translation>
    </message>
    <message>
        <source>The server is too old to say whether it was done already. Nothing was changed.</source>
        <translation>Der Server ist zu alt, um zu sagen, ob es schon geschehen ist. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The server could not be asked whether it was done already. Nothing was changed.</source>
        <translation>Der Server konnte nicht gefragt werden, ob es schon geschehen ist. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>A file of a reply is on its way to the server. What is done in other conversations does not wait for it.</source>
        <translation>Eine Datei einer Antwort ist zum Server unterwegs. Was in anderen Gesprächen getan wird, wartet nicht auf sie.</translation>
    </message>
    <message>
        <source>It is on its way to the server.</source>
        <translation>Es ist zum Server unterwegs.</translation>
    </message>
    <message>
        <source>The server is there, but does not take a file of a reply now.</source>
        <translation>Der Server ist da, nimmt aber die Datei einer Antwort jetzt nicht an.</translation>
    </message>
    <message>
        <source>The server is there, but does not take what is done here now.</source>
        <translation>Der Server ist da, nimmt aber jetzt nicht an, was hier getan wird.</translation>
    </message>
    <message>
        <source>It is tried again at %1.</source>
        <translation>Es wird um %1 erneut versucht.</translation>
    </message>
    <message>
        <source>You changed this meanwhile on another device.</source>
        <translation>Sie haben das inzwischen auf einem anderen Gerät geändert.</translation>
    </message>
</context>
<context>
    <name>Earshot::PaneCommands</name>
    <message>
        <source>&amp;Reply</source>
        <translation>&amp;Antworten</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Notiz</translation>
    </message>
    <message>
        <source>Reply pri&amp;vately</source>
        <translation>Pri&amp;vat antworten</translation>
    </message>
    <message>
        <source>The whole &amp;thread</source>
        <translation>Das &amp;ganze Thema</translation>
    </message>
    <message>
        <source>&amp;Find in this conversation</source>
        <translation>In diesem Gespräch &amp;finden</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Contact si&amp;de</source>
        <translation>&amp;Kontaktleiste</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>&amp;Tastatur</translation>
    </message>
    <message>
        <source>Choose a conversation first.</source>
        <translation>Zuerst ein Gespräch wählen.</translation>
    </message>
    <message>
        <source>&amp;Menu for the selection</source>
        <translation>Kontext&amp;menü</translation>
    </message>
    <message>
        <source>The whole thread is shown here: leave it first.</source>
        <translation>Hier wird das ganze Thema gezeigt: Verlassen Sie es zuerst.</translation>
    </message>
    <message>
        <source>Next &amp;pane</source>
        <translation>Nächster &amp;Bereich</translation>
    </message>
    <message>
        <source>Previous p&amp;ane</source>
        <translation>V&amp;origer Bereich</translation>
    </message>
    <message>
        <source>Do what the &amp;message below offers</source>
        <translation>Tun, was die &amp;Meldung unten anbietet</translation>
    </message>
    <message>
        <source>No message offers anything.</source>
        <translation>Keine Meldung bietet etwas an.</translation>
    </message>
    <message>
        <source>What you pressed meanwhile was not done.</source>
        <translation>Was Sie inzwischen gedrückt haben, wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>“%1” was not done: the screen was not ready for it.</source>
        <translation>„%1“ wurde nicht ausgeführt: Der Bildschirm war noch nicht so weit.</translation>
    </message>
    <message>
        <source>Take all of this contact</source>
        <translation>Alle dieses Kontakts übernehmen</translation>
    </message>
    <message>
        <source>Resolve all of this contact</source>
        <translation>Alle dieses Kontakts erledigen</translation>
    </message>
    <message>
        <source>This contact is the same person as…</source>
        <translation>Dieser Kontakt ist dieselbe Person wie …</translation>
    </message>
    <message>
        <source>Ask the network of this conversation for news</source>
        <translation>Das Netzwerk dieses Gesprächs nach Neuem fragen</translation>
    </message>
    <message>
        <source>This contact has nothing else that is not resolved.</source>
        <translation>Von diesem Kontakt ist sonst nichts unerledigt.</translation>
    </message>
    <message>
        <source>The account chosen at the contact&apos;s side is somebody else</source>
        <translation>Das beim Kontakt gewählte Konto gehört jemand anderem</translation>
    </message>
    <message>
        <source>Open the contact&apos;s side, and choose an account there that was merged with another.</source>
        <translation>Öffnen Sie die Kontaktleiste, und wählen Sie dort ein Konto, das mit einem anderen zusammengeführt wurde.</translation>
    </message>
    <message>
        <source>All con&amp;versations of this contact…</source>
        <translation>A&amp;lle Gespräche dieses Kontakts …</translation>
    </message>
</context>
<context>
    <name>Earshot::PartedDialog</name>
    <message>
        <source>An admin has withdrawn your access to %1. What was kept of it here is deleted.</source>
        <translation>Die Verwaltung hat Ihnen den Zugang zu %1 entzogen. Was davon hier aufbewahrt war, wird gelöscht.</translation>
    </message>
    <message>
        <source>What you typed last could not all be read: the file is damaged. Deleted, it is lost; cancelled, you are asked again at the next start.</source>
        <translation>Was Sie zuletzt geschrieben haben, konnte nicht vollständig gelesen werden: Die Datei ist beschädigt. Wird sie gelöscht, ist es verloren; brechen Sie ab, werden Sie beim nächsten Start wieder gefragt.</translation>
    </message>
    <message>
        <source>Access withdrawn</source>
        <translation>Zugang entzogen</translation>
    </message>
    <message numerus="yes">
        <source>An admin has withdrawn your access to %1. What was kept of it here is deleted, but for %Ln text(s) of yours that were not sent:</source>
        <translation>
            <numerusform>Die Verwaltung hat Ihnen den Zugang zu %1 entzogen. Was davon hier aufbewahrt war, ist gelöscht, bis auf einen Text von Ihnen, der nicht gesendet wurde:</numerusform>
            <numerusform>Die Verwaltung hat Ihnen den Zugang zu %1 entzogen. Was davon hier aufbewahrt war, ist gelöscht, bis auf %Ln Texte von Ihnen, die nicht gesendet wurden:</numerusform>
        </translation>
    </message>
    <message>
        <source>What you typed and was not sent</source>
        <translation>Was Sie geschrieben haben und nicht gesendet wurde</translation>
    </message>
    <message>
        <source>Save as a file, then delete…</source>
        <translation>Als Datei speichern, dann löschen …</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Save what you typed</source>
        <translation>Geschriebenes speichern</translation>
    </message>
    <message>
        <source>It could not be saved: %1</source>
        <translation>Es konnte nicht gespeichert werden: %1</translation>
    </message>
</context>
<context>
    <name>Earshot::PickDialog</name>
    <message>
        <source>Type to narrow down</source>
        <translation>Tippen, um einzugrenzen</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <comment>choice (detail)</comment>
        <translation>%1  (%2)</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>Dazu passt nichts.</translation>
    </message>
</context>
<context>
    <name>Earshot::PlaceCommands</name>
    <message>
        <source>Go to the view %1</source>
        <translation>Zur Ansicht %1</translation>
    </message>
    <message>
        <source>Go to the team %1</source>
        <translation>Zum Team %1</translation>
    </message>
    <message>
        <source>Go to the channel %1</source>
        <translation>Zum Kanal %1</translation>
    </message>
    <message>
        <source>Go to the tag %1</source>
        <translation>Zum Schlagwort %1</translation>
    </message>
</context>
<context>
    <name>Earshot::PlaceholderMenu</name>
    <message>
        <source>Insert placeholder…</source>
        <translation>Platzhalter einfügen …</translation>
    </message>
    <message>
        <source>Insert placeholder</source>
        <translation>Platzhalter einfügen</translation>
    </message>
    <message>
        <source>The contact&apos;s name</source>
        <translation>Name des Kontakts</translation>
    </message>
    <message>
        <source>The contact&apos;s first name</source>
        <translation>Vorname des Kontakts</translation>
    </message>
    <message>
        <source>The contact&apos;s address</source>
        <translation>Adresse des Kontakts</translation>
    </message>
    <message>
        <source>My name</source>
        <translation>Mein Name</translation>
    </message>
    <message>
        <source>The channel&apos;s name</source>
        <translation>Name des Kanals</translation>
    </message>
    <message>
        <source>The conversation&apos;s number</source>
        <translation>Nummer des Gesprächs</translation>
    </message>
    <message>
        <source>Link to the public thread</source>
        <translation>Link zum öffentlichen Thema</translation>
    </message>
</context>
<context>
    <name>Earshot::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
</context>
<context>
    <name>Earshot::PresenceSigns</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <comment>people</comment>
        <translation>
            <numerusform>%Ln weitere Person</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is writing an answer</source>
        <translation>%1 schreibt eine Antwort</translation>
    </message>
    <message>
        <source>%1 are writing an answer</source>
        <translation>%1 schreiben eine Antwort</translation>
    </message>
    <message>
        <source>%1 is looking</source>
        <translation>%1 sieht es sich an</translation>
    </message>
    <message>
        <source>%1 are looking</source>
        <translation>%1 sehen es sich an</translation>
    </message>
    <message>
        <source>%1 is writing an answer here too.</source>
        <translation>%1 schreibt hier auch gerade eine Antwort.</translation>
    </message>
    <message>
        <source>%1 are writing an answer here too.</source>
        <translation>%1 schreiben hier auch gerade eine Antwort.</translation>
    </message>
    <message>
        <source>%1 is looking at this too.</source>
        <translation>%1 sieht sich das auch gerade an.</translation>
    </message>
    <message>
        <source>%1 are looking at this too.</source>
        <translation>%1 sehen sich das auch gerade an.</translation>
    </message>
</context>
<context>
    <name>Earshot::PrintDocument</name>
    <message>
        <source>Printed on %1</source>
        <translation>Gedruckt am %1</translation>
    </message>
    <message>
        <source>Note of %1</source>
        <translation>Notiz von %1</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 als %2</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
    <message>
        <source>Content warning: %1</source>
        <translation>Inhaltswarnung: %1</translation>
    </message>
    <message>
        <source>Before it was edited: %1</source>
        <translation>Vor der Bearbeitung: %1</translation>
    </message>
    <message>
        <source>Attachment without a description</source>
        <translation>Anhang ohne Beschreibung</translation>
    </message>
    <message>
        <source>What is older is not on this paper: it would be too long.</source>
        <translation>Älteres steht nicht auf diesem Papier: Es würde zu lang.</translation>
    </message>
</context>
<context>
    <name>Earshot::Printing</name>
    <message>
        <source>P&amp;rint conversation…</source>
        <translation>Gespräch d&amp;rucken …</translation>
    </message>
    <message>
        <source>Save conversation as P&amp;DF…</source>
        <translation>Gespräch als P&amp;DF speichern …</translation>
    </message>
    <message>
        <source>Conversation #%1</source>
        <translation>Gespräch #%1</translation>
    </message>
    <message>
        <source>The conversation is being printed.</source>
        <translation>Das Gespräch wird gedruckt.</translation>
    </message>
    <message>
        <source>Save conversation as PDF</source>
        <translation>Gespräch als PDF speichern</translation>
    </message>
    <message>
        <source>Conversation %1</source>
        <translation>Gespräch %1</translation>
    </message>
    <message>
        <source>The PDF was saved.</source>
        <translation>Das PDF ist geschrieben.</translation>
    </message>
    <message>
        <source>The conversation was not printed. Is the printer connected, and does it have paper?</source>
        <translation>Das Gespräch wurde nicht gedruckt. Ist der Drucker da, und hat er Papier?</translation>
    </message>
</context>
<context>
    <name>Earshot::RecipientMenu</name>
    <message>
        <source>Nobody is notified</source>
        <translation>Niemand wird benachrichtigt</translation>
    </message>
    <message>
        <source>Notified: %1</source>
        <translation>Benachrichtigt: %1</translation>
    </message>
</context>
<context>
    <name>Earshot::ResumeDialog</name>
    <message>
        <source>Resume sending</source>
        <translation>Senden fortsetzen</translation>
    </message>
    <message>
        <source>Nothing waits to be sent there.</source>
        <translation>Dort wartet nichts auf das Senden.</translation>
    </message>
    <message>
        <source>This waits to be sent. What is not ticked is discarded; a discarded reply stays in its conversation, not sent.</source>
        <translation>Das wartet auf das Senden. Was nicht angehakt ist, wird verworfen; eine verworfene Antwort bleibt ungesendet in ihrem Gespräch.</translation>
    </message>
    <message>
        <source>What waits to be sent</source>
        <translation>Was auf das Senden wartet</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message numerus="yes">
        <source>Resume and send %Ln</source>
        <translation>
            <numerusform>Fortsetzen und %Ln senden</numerusform>
            <numerusform>Fortsetzen und %Ln senden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Earshot::RetryButton</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>Earshot::Roster</name>
    <message>
        <source>Here you can only read. Admins can give you a role that may do this.</source>
        <translation>Sie können hier nur lesen. Die Verwaltung kann Ihnen eine andere Rolle geben.</translation>
    </message>
    <message>
        <source>This workspace was handed over to a server, which goes on with it. Here it can only be read.</source>
        <translation>Dieser Arbeitsbereich wurde an einen Server übergeben, der mit ihm weiterarbeitet. Hier kann er nur noch gelesen werden.</translation>
    </message>
    <message>
        <source>This is a replica of a shared workspace: here it can only be read. Work is done on its server.</source>
        <translation>Dies ist ein Replikat eines gemeinsamen Arbeitsbereichs: Hier kann er nur gelesen werden. Gearbeitet wird auf seinem Server.</translation>
    </message>
    <message>
        <source>Leads and admins can do this.</source>
        <translation>Das können nur Leitung und Verwaltung.</translation>
    </message>
    <message>
        <source>Only admins can do this.</source>
        <translation>Das kann nur die Verwaltung.</translation>
    </message>
</context>
<context>
    <name>Earshot::RosterWait</name>
    <message>
        <source>What is here could not be read. %1</source>
        <translation>Was hier ist, ließ sich nicht lesen. %1</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
</context>
<context>
    <name>Earshot::SavedReplyDialog</name>
    <message>
        <source>Saved replies</source>
        <translation>Textbausteine</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Name of the saved reply</source>
        <translation>Name des Textbausteins</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Text</translation>
    </message>
    <message>
        <source>Text of the saved reply</source>
        <translation>Text des Textbausteins</translation>
    </message>
    <message>
        <source>Any other words in braces, such as {order number}, are a gap that is filled in by hand.</source>
        <translation>Alle anderen Wörter in geschweiften Klammern, etwa {Bestellnummer}, sind eine Lücke, die von Hand ausgefüllt wird.</translation>
    </message>
    <message>
        <source>There are no saved replies yet. Give one a name and a text; in the composer “;” finds it.</source>
        <translation>Es gibt noch keine Textbausteine. Geben Sie einem einen Namen und einen Text; beim Schreiben findet ihn „;“.</translation>
    </message>
</context>
<context>
    <name>Earshot::SearchCompletion</name>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>Earshot::SearchField</name>
    <message>
        <source>Search or command</source>
        <translation>Suche oder Befehl</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search or &gt; command  (/)</source>
        <translation>Suche oder &gt; Befehl  (/)</translation>
    </message>
    <message>
        <source>With &gt; at the beginning: commands only</source>
        <translation>Mit &gt; am Anfang: nur Befehle</translation>
    </message>
</context>
<context>
    <name>Earshot::SearchModel</name>
    <message>
        <source>Command %1</source>
        <translation>Befehl %1</translation>
    </message>
    <message>
        <source>assigned to %1</source>
        <translation>%1 zugewiesen</translation>
    </message>
</context>
<context>
    <name>Earshot::SearchPane</name>
    <message>
        <source>Search results</source>
        <translation>Suchergebnisse</translation>
    </message>
    <message>
        <source>Not understood: %1</source>
        <translation>Nicht verstanden: %1</translation>
    </message>
    <message>
        <source>Found more than %L1</source>
        <translation>%L1 und mehr gefunden</translation>
    </message>
    <message numerus="yes">
        <source>Found %Ln message(s)</source>
        <translation>
            <numerusform>%Ln Nachricht gefunden</numerusform>
            <numerusform>%Ln Nachrichten gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>The search failed</source>
        <translation>Die Suche ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>All of the history on this computer was searched. Try fewer words or the beginning of one.</source>
        <translation>Der ganze Verlauf auf diesem Rechner wurde durchsucht. Versuchen Sie weniger Wörter oder einen Wortanfang.</translation>
    </message>
    <message>
        <source>Search all history</source>
        <translation>Den ganzen Verlauf durchsuchen</translation>
    </message>
    <message>
        <source>Words, “a phrase”, -without, from:mira, tag:hardware, channel:blog, is:open, before:2026-03</source>
        <translation>Wörter, &quot;eine Wendung&quot;, -ohne, from:mira, tag:hardware, channel:blog, is:open, before:2026-03</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Older history could not be searched yet. Try again later, or with other words.</source>
        <translation>Ältere Gespräche konnten noch nicht durchsucht werden. Versuchen Sie es später noch einmal oder mit anderen Wörtern.</translation>
    </message>
    <message>
        <source>Not all was searched, older messages are missing here. %1</source>
        <translation>Es wurde nicht alles durchsucht, ältere Nachrichten fehlen hier. %1</translation>
    </message>
    <message>
        <source>The search failed. %1</source>
        <translation>Die Suche ist fehlgeschlagen. %1</translation>
    </message>
    <message>
        <source>After %1: comes a day, a month or a year: 2026-03-01, 2026-03 or 2026.</source>
        <translation>Nach %1: steht ein Tag, ein Monat oder ein Jahr: 2026-03-01, 2026-03 oder 2026.</translation>
    </message>
    <message>
        <source>After %1: comes one of these: %2.</source>
        <translation>Nach %1: steht eines von diesen: %2.</translation>
    </message>
</context>
<context>
    <name>Earshot::SendingControl</name>
    <message>
        <source>S&amp;top sending…</source>
        <translation>Senden &amp;anhalten …</translation>
    </message>
    <message>
        <source>Res&amp;ume sending…</source>
        <translation>Senden fortse&amp;tzen …</translation>
    </message>
    <message>
        <source>stopped by %1</source>
        <translation>angehalten von %1</translation>
    </message>
    <message>
        <source>stopped by %1: %2</source>
        <translation>angehalten von %1: %2</translation>
    </message>
    <message>
        <source>Nothing is sent on any channel</source>
        <translation>Auf keinem Kanal wird gesendet</translation>
    </message>
    <message>
        <source>Nothing is sent on %1</source>
        <translation>Auf %1 wird nicht gesendet</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>what is stopped, by whom and why</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>Fortsetzen …</translation>
    </message>
    <message>
        <source>On all channels</source>
        <translation>Auf allen Kanälen</translation>
    </message>
    <message>
        <source>Stop sending</source>
        <translation>Senden anhalten</translation>
    </message>
    <message>
        <source>Why is sending stopped?</source>
        <translation>Warum wird das Senden angehalten?</translation>
    </message>
    <message>
        <source>Everybody sees this</source>
        <translation>Das sehen alle</translation>
    </message>
    <message>
        <source>Stop sending: “%1”</source>
        <translation>Senden anhalten: „%1“</translation>
    </message>
    <message>
        <source>Sending is stopped. Replies wait.</source>
        <translation>Das Senden ist angehalten. Antworten warten.</translation>
    </message>
    <message>
        <source>Sending goes on.</source>
        <translation>Es wird wieder gesendet.</translation>
    </message>
    <message>
        <source>Not everything could be discarded, so sending stays stopped. %1</source>
        <translation>Nicht alles ließ sich verwerfen, darum bleibt das Senden angehalten. %1</translation>
    </message>
    <message>
        <source>The server is asked to discard it. Until it has answered sending stays stopped.</source>
        <translation>Der Server ist gebeten, es zu verwerfen. Bis er antwortet, bleibt das Senden angehalten.</translation>
    </message>
    <message>
        <source>Nothing is sent from here: no channel can be answered.</source>
        <translation>Von hier wird nichts gesendet: Auf keinem Kanal kann geantwortet werden.</translation>
    </message>
    <message>
        <source>Sending is stopped on all channels already.</source>
        <translation>Das Senden ist schon auf allen Kanälen angehalten.</translation>
    </message>
    <message>
        <source>Sending is stopped nowhere.</source>
        <translation>Das Senden ist nirgends angehalten.</translation>
    </message>
</context>
<context>
    <name>Earshot::Sentences</name>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>jemand</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>Das Netzwerk</translation>
    </message>
    <message>
        <source>time not known</source>
        <translation>Zeit unbekannt</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>date format of a day in this year, as in QLocale::toString</extracomment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>date format of a day in another year</extracomment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>waiting for the customer</source>
        <translation>wartet auf Rückmeldung</translation>
    </message>
    <message>
        <source>snoozed until %1</source>
        <translation>zurückgestellt bis %1</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>resolved: answered</source>
        <translation>erledigt: beantwortet</translation>
    </message>
    <message>
        <source>resolved: no answer needed</source>
        <translation>erledigt: keine Antwort nötig</translation>
    </message>
    <message>
        <source>resolved: spam</source>
        <translation>erledigt: Spam</translation>
    </message>
    <message>
        <source>resolved: duplicate</source>
        <translation>erledigt: Dublette</translation>
    </message>
    <message>
        <source>low priority</source>
        <translation>niedrige Priorität</translation>
    </message>
    <message>
        <source>normal priority</source>
        <translation>normale Priorität</translation>
    </message>
    <message>
        <source>high priority</source>
        <translation>hohe Priorität</translation>
    </message>
    <message>
        <source>urgent</source>
        <translation>dringend</translation>
    </message>
    <message>
        <source>public</source>
        <translation>öffentlich</translation>
    </message>
    <message>
        <source>public, not listed</source>
        <translation>öffentlich, nicht gelistet</translation>
    </message>
    <message>
        <source>followers only</source>
        <translation>nur für Folgende</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
    <message>
        <source>deleted on the network, kept here</source>
        <translation>im Netzwerk gelöscht, hier aufbewahrt</translation>
    </message>
    <message>
        <source>no longer on the network, kept here</source>
        <translation>nicht mehr im Netzwerk, hier aufbewahrt</translation>
    </message>
    <message>
        <source>held by the network, not yet public</source>
        <translation>vom Netzwerk zurückgehalten, noch nicht öffentlich</translation>
    </message>
    <message>
        <source>held for approval, not yet public</source>
        <translation>wartet auf Freigabe, noch nicht öffentlich</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <source>marked as spam</source>
        <translation>als Spam markiert</translation>
    </message>
    <message>
        <source>in the network&apos;s trash</source>
        <translation>im Papierkorb des Netzwerks</translation>
    </message>
    <message>
        <source>waiting for approval</source>
        <translation>wartet auf Freigabe</translation>
    </message>
    <message>
        <source>waiting %1 s</source>
        <translation>wartet %1 s</translation>
    </message>
    <message>
        <source>about to be sent</source>
        <translation>wird gleich gesendet</translation>
    </message>
    <message>
        <source>trying again at %1</source>
        <translation>neuer Versuch um %1</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>not known if it arrived</source>
        <translation>nicht bekannt, ob angekommen</translation>
    </message>
    <message>
        <source>taken back, not sent</source>
        <translation>zurückgenommen, nicht gesendet</translation>
    </message>
    <message>
        <source>%1 of 5 stars</source>
        <translation>%1 von 5 Sternen</translation>
    </message>
    <message>
        <source>Note by %1, %2</source>
        <translation>Notiz von %1, %2</translation>
    </message>
    <message>
        <source>Our reply by %1, %2</source>
        <translation>Unsere Antwort von %1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Picture: %1</source>
        <translation>Bild: %1</translation>
    </message>
    <message>
        <source>Picture without a description</source>
        <translation>Bild ohne Beschreibung</translation>
    </message>
    <message>
        <source>Video: %1</source>
        <translation>Film: %1</translation>
    </message>
    <message>
        <source>Video without a description</source>
        <translation>Film ohne Beschreibung</translation>
    </message>
    <message>
        <source>Audio: %1</source>
        <translation>Ton: %1</translation>
    </message>
    <message>
        <source>Audio without a description</source>
        <translation>Ton ohne Beschreibung</translation>
    </message>
    <message>
        <source>File %1</source>
        <translation>Datei %1</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>noch nicht gesendet</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a like, a boost, ..., and what became of it</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Earshot::SettingsDialog</name>
    <message>
        <source>Seconds in which sending can be undone</source>
        <translation>Sekunden, in denen Senden rückgängig zu machen ist</translation>
    </message>
    <message>
        <source>Days after which a new conversation begins</source>
        <translation>Tage, nach denen ein neues Gespräch beginnt</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>For me</source>
        <translation>Für mich</translation>
    </message>
    <message>
        <source>For everybody in this workspace</source>
        <translation>Für alle in diesem Arbeitsbereich</translation>
    </message>
    <message>
        <source>the next conversation</source>
        <translation>das nächste Gespräch</translation>
    </message>
    <message>
        <source>the same conversation still</source>
        <translation>weiter dasselbe Gespräch</translation>
    </message>
    <message>
        <source>the list alone</source>
        <translation>nur die Liste</translation>
    </message>
    <message>
        <source>&amp;After sending, resolving or assigning comes</source>
        <translation>&amp;Nach Senden, Erledigen oder Zuweisen kommt</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>light</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>high contrast</source>
        <translation>hoher Kontrast</translation>
    </message>
    <message>
        <source>A&amp;ppearance</source>
        <translation>&amp;Aussehen</translation>
    </message>
    <message>
        <source>&amp;Notifications of the desktop</source>
        <translation>&amp;Benachrichtigungen des Desktops</translation>
    </message>
    <message>
        <source>&amp;Keep running in the tray when closed</source>
        <translation>Nach dem Schließen im &amp;Infobereich weiterlaufen</translation>
    </message>
    <message>
        <source>&amp;Single letters work on list and conversation</source>
        <translation>&amp;Einzelne Buchstaben wirken in Liste und Gespräch</translation>
    </message>
    <message>
        <source>S&amp;hortcuts…</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Sending can be &amp;undone for</source>
        <translation>Senden ist &amp;rückgängig zu machen für</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>A &amp;new conversation begins when resolved for longer than</source>
        <translation>Ein neues &amp;Gespräch beginnt, wenn erledigt seit mehr als</translation>
    </message>
    <message>
        <source>Only admins can change these.</source>
        <translation>Ändern kann das nur die Verwaltung.</translation>
    </message>
    <message>
        <source>Be&amp;ginning to answer assigns an unassigned conversation to me</source>
        <translation>Ein nicht z&amp;ugewiesenes Gespräch wird mir zugewiesen, sobald ich zu antworten beginne</translation>
    </message>
    <message>
        <source>Changed how long sending can be undone</source>
        <translation>Geändert, wie lange Senden zurückgenommen werden kann</translation>
    </message>
    <message>
        <source>Changed when a new conversation begins</source>
        <translation>Geändert, wann ein neues Gespräch beginnt</translation>
    </message>
</context>
<context>
    <name>Earshot::SharedTools</name>
    <message>
        <source>Log o&amp;ut…</source>
        <translation>A&amp;bmelden …</translation>
    </message>
    <message>
        <source>De&amp;vices…</source>
        <translation>G&amp;eräte …</translation>
    </message>
</context>
<context>
    <name>Earshot::ShortcutsDialog</name>
    <message>
        <source>&amp;Single letters work on list and conversation</source>
        <translation>&amp;Einzelne Buchstaben wirken in Liste und Gespräch</translation>
    </message>
    <message>
        <source>&amp;Assign</source>
        <translation>&amp;Zuweisen</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>As it &amp;was</source>
        <translation>&amp;Wie zuvor</translation>
    </message>
    <message>
        <source>&amp;Reset all</source>
        <translation>&amp;Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;New key</source>
        <translation>&amp;Neue Taste</translation>
    </message>
    <message>
        <source>New key: press it here</source>
        <translation>Neue Taste: hier drücken</translation>
    </message>
    <message>
        <source>Press it here: R, G then M, Ctrl+R</source>
        <translation>Hier drücken: R, G dann M, Strg+R</translation>
    </message>
    <message>
        <source>%1 is the key of “%2” already.</source>
        <translation>%1 ist schon die Taste von „%2“.</translation>
    </message>
    <message>
        <source>Take it from there</source>
        <translation>Dort wegnehmen</translation>
    </message>
    <message>
        <source>“%1” has its key now.</source>
        <translation>„%1“ hat jetzt seine Taste.</translation>
    </message>
    <message>
        <source>All keys go back to their defaults.</source>
        <translation>Alle Tasten werden, wie sie im Programm vorgegeben sind.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>“%1” works while you write: its key needs Ctrl or Alt, or is a function key.</source>
        <translation>„%1“ wirkt beim Schreiben: Die Taste braucht Strg oder Alt, oder sie ist eine Funktionstaste.</translation>
    </message>
    <message>
        <source>%1 once more closes this window; nothing is assigned then.</source>
        <translation>%1 noch einmal schließt dieses Fenster; dann wird nichts zugewiesen.</translation>
    </message>
    <message>
        <source>While you write, %1 is a key of the text itself: “%2” needs another one.</source>
        <translation>Beim Schreiben ist %1 eine Taste des Textes selbst: „%2“ braucht eine andere.</translation>
    </message>
    <message>
        <source>Press it here: Ctrl+R, F7, Esc</source>
        <translation>Hier drücken: Strg+R, F7, Esc</translation>
    </message>
    <message>
        <source>No command was found</source>
        <translation>Kein Befehl wurde gefunden</translation>
    </message>
    <message>
        <source>No command has a name or a key like “%1”.</source>
        <translation>Weder der Name noch die Taste eines Befehls passt zu „%1“.</translation>
    </message>
    <message>
        <source>Show all commands</source>
        <translation>Alle Befehle zeigen</translation>
    </message>
</context>
<context>
    <name>Earshot::SignInPanel</name>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Address to open in a browser</source>
        <translation>Im Browser zu öffnende Adresse</translation>
    </message>
    <message>
        <source>Application password</source>
        <translation>Anwendungspasswort</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Or an application password</source>
        <translation>Oder ein Anwendungspasswort</translation>
    </message>
    <message>
        <source>Or an access token</source>
        <translation>Oder ein Zugriffstoken</translation>
    </message>
    <message>
        <source>Not the password of the account: an application password, made on the site under Users, Profile. It is kept in the system keychain.</source>
        <translation>Nicht das Passwort des Kontos: ein Anwendungspasswort, auf der Website unter Benutzer, Profil angelegt. Es wird im Schlüsselbund des Systems aufbewahrt.</translation>
    </message>
    <message>
        <source>Not the password of the account: an app password, made there under Settings, Privacy and security. It is kept in the system keychain.</source>
        <translation>Nicht das Passwort des Kontos: ein App-Passwort, dort angelegt unter Einstellungen, Datenschutz und Sicherheit. Es wird im Schlüsselbund des Systems aufbewahrt.</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>Nicht länger warten</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>Im Browser anmelden</translation>
    </message>
    <message>
        <source>Preparing the page…</source>
        <translation>Die Seite wird vorbereitet …</translation>
    </message>
    <message>
        <source>Signed in.</source>
        <translation>Angemeldet.</translation>
    </message>
    <message>
        <source>Allow Earshot in the browser; this goes on by itself.</source>
        <translation>Erlauben Sie Earshot im Browser; hier geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>No browser could be opened. Open the page above yourself; this goes on by itself.</source>
        <translation>Es konnte kein Browser geöffnet werden. Öffnen Sie die Seite oben selbst; hier geht es von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>Earshot::SnoozeTimes</name>
    <message>
        <source>In one hour</source>
        <translation>In einer Stunde</translation>
    </message>
    <message>
        <source>In three hours</source>
        <translation>In drei Stunden</translation>
    </message>
    <message>
        <source>Tonight</source>
        <translation>Heute Abend</translation>
    </message>
    <message>
        <source>Tomorrow morning</source>
        <translation>Morgen früh</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>Montag</translation>
    </message>
    <message>
        <source>In one week</source>
        <translation>In einer Woche</translation>
    </message>
    <message>
        <source>In one month</source>
        <translation>In einem Monat</translation>
    </message>
</context>
<context>
    <name>Earshot::SpellMarks</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Vorschläge werden gesucht …</translation>
    </message>
    <message>
        <source>Add “%1” to the dictionary</source>
        <translation>„%1“ ins Wörterbuch aufnehmen</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Keine Vorschläge</translation>
    </message>
</context>
<context>
    <name>Earshot::StatePage</name>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
</context>
<context>
    <name>Earshot::StatusControl</name>
    <message>
        <source>Last pull: %1</source>
        <translation>Letzter Abruf: %1</translation>
    </message>
    <message>
        <source>Much is not in the file yet</source>
        <translation>Vieles steht noch nicht in der Datei</translation>
    </message>
    <message>
        <source>%1 wait in the log beside the workspace file. Something reads the workspace for a very long time, or the disk is full. Nothing is lost; starting Earshot again puts it right.</source>
        <translation>%1 warten im Protokoll neben der Arbeitsbereichsdatei. Etwas liest den Arbeitsbereich sehr lange, oder die Platte ist voll. Nichts ist verloren; ein Neustart von Earshot bringt es in Ordnung.</translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation>Hört nicht zu</translation>
    </message>
    <message>
        <source>Pulling…</source>
        <translation>Ruft ab …</translation>
    </message>
    <message>
        <source>No channels</source>
        <translation>Keine Kanäle</translation>
    </message>
    <message>
        <source>Connect a channel to begin.</source>
        <translation>Verbinden Sie zuerst einen Kanal.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln channel(s) with trouble</source>
        <translation>
            <numerusform>%Ln Kanal gestört</numerusform>
            <numerusform>%Ln Kanäle gestört</numerusform>
        </translation>
    </message>
    <message>
        <source>Catching up…</source>
        <translation>Holt auf …</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>Auf dem neuesten Stand</translation>
    </message>
    <message>
        <source>Not listening from %1 to %2: Earshot was closed. What was written meanwhile arrives now.</source>
        <translation>Nicht zugehört von %1 bis %2: Earshot war geschlossen. Was inzwischen geschrieben wurde, kommt jetzt an.</translation>
    </message>
    <message>
        <source>What you see is as it was at %1.</source>
        <translation>Was Sie sehen, ist der Stand von %1.</translation>
    </message>
    <message>
        <source>Arriving: %1 %</source>
        <translation>Kommt an: %1 %</translation>
    </message>
    <message>
        <source>The newest conversations arrive first; older ones follow while you work.</source>
        <translation>Die neuesten Gespräche kommen zuerst; ältere folgen, während Sie arbeiten.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Earshot versucht es von selbst weiter.</translation>
    </message>
    <message>
        <source>The server is not reached. It is tried again by itself.</source>
        <translation>Der Server ist nicht erreichbar. Earshot versucht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Not logged in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>No way to the server</source>
        <translation>Kein Weg zum Server</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Nothing is pulled or sent</source>
        <translation>Nichts wird abgerufen oder gesendet</translation>
    </message>
    <message>
        <source>This file was copied, moved or restored. Say first that it is the one to work with.</source>
        <translation>Diese Datei wurde kopiert, verschoben oder wiederhergestellt. Sagen Sie zuerst, dass mit ihr gearbeitet wird.</translation>
    </message>
    <message>
        <source>Joining is not finished: %1 % of the workspace has arrived. That can be read; the rest follows when the server is there.</source>
        <translation>Das Beitreten ist nicht abgeschlossen: %1 % des Arbeitsbereichs sind da. Das lässt sich lesen; der Rest folgt, wenn der Server erreichbar ist.</translation>
    </message>
    <message>
        <source>Offline: %1 % has arrived</source>
        <translation>Offline: %1 % sind da</translation>
    </message>
    <message>
        <source>Offline since %1.</source>
        <translation>Offline seit %1.</translation>
    </message>
    <message>
        <source>Older messages are still being made searchable. You can work meanwhile.</source>
        <translation>Ältere Nachrichten werden noch durchsuchbar gemacht. Sie können inzwischen arbeiten.</translation>
    </message>
    <message>
        <source>The server is there, but busy or being looked after. It asks to come back at %1; that happens by itself.</source>
        <translation>Der Server ist da, aber ausgelastet oder in Wartung. Er bittet, um %1 wiederzukommen; das geschieht von selbst.</translation>
    </message>
    <message>
        <source>The server is there, but busy. It is tried again by itself.</source>
        <translation>Der Server ist da, aber ausgelastet. Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>What answers at the server&apos;s address is not Earshot. The log-in page of a hotel or a train may stand between: open any page in a browser first. It is tried again by itself.</source>
        <translation>Was unter der Adresse des Servers antwortet, ist nicht Earshot. Vielleicht steht die Anmeldeseite eines Hotels oder Zuges dazwischen: Öffnen Sie zuerst irgendeine Seite in einem Browser. Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>The server is a newer Earshot than this one understands. Update Earshot. Until then you can read, and what you do is kept and sent later.</source>
        <translation>Der Server ist ein neueres Earshot, als dieses versteht. Aktualisieren Sie Earshot. Bis dahin können Sie lesen, und was Sie tun, wird aufgehoben und später gesendet.</translation>
    </message>
    <message>
        <source>Earshot is too old</source>
        <translation>Earshot ist zu alt</translation>
    </message>
    <message>
        <source>Offline since %1</source>
        <translation>Offline seit %1</translation>
    </message>
    <message numerus="yes">
        <source>Catching up: %Ln channel(s)</source>
        <translation>
            <numerusform>Holt auf: %Ln Kanal</numerusform>
            <numerusform>Holt auf: %Ln Kanäle</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetching: %1 %</source>
        <translation>Holt: %1 %</translation>
    </message>
    <message>
        <source>More of the workspace has come into sight, or is fetched in a newer form. What others do is followed meanwhile.</source>
        <translation>Vom Arbeitsbereich ist mehr zu sehen als bisher, oder er wird in neuerer Form geholt. Was andere tun, kommt inzwischen weiter an.</translation>
    </message>
    <message numerus="yes">
        <source>Catching up: %Ln change(s)</source>
        <translation>
            <numerusform>Holt auf: %Ln Änderung</numerusform>
            <numerusform>Holt auf: %Ln Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Sending is held up</source>
        <translation>Senden stockt</translation>
    </message>
    <message>
        <source>Sending a file…</source>
        <translation>Eine Datei wird gesendet …</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Warte auf den Schlüsselbund</translation>
    </message>
    <message>
        <source>Your log-in is being read from the keychain, which may want to be unlocked first. Until then you can read, and what you do is kept and sent later.</source>
        <translation>Ihre Anmeldung wird aus dem Schlüsselbund gelesen, der dafür vielleicht erst entsperrt werden will. Bis dahin können Sie lesen, und was Sie tun, wird aufbewahrt und später gesendet.</translation>
    </message>
    <message>
        <source>Not listening from %1 to %2: the computer was asleep. What was written meanwhile arrives now.</source>
        <translation>Nicht zugehört von %1 bis %2: Der Rechner hat geschlafen. Was inzwischen geschrieben wurde, kommt jetzt an.</translation>
    </message>
    <message>
        <source>Not listening from %1 to %2: the server was down or asleep. What was written meanwhile has arrived.</source>
        <translation>Nicht zugehört von %1 bis %2: Der Server war aus oder hat geschlafen. Was inzwischen geschrieben wurde, ist angekommen.</translation>
    </message>
    <message>
        <source>Not listening from %1 to %2: the server was down or asleep. What was written meanwhile arrives now.</source>
        <translation>Nicht zugehört von %1 bis %2: Der Server war aus oder hat geschlafen. Was inzwischen geschrieben wurde, kommt jetzt an.</translation>
    </message>
    <message>
        <source>Not listening from %1 to %2: the server was down or asleep.</source>
        <translation>Nicht zugehört von %1 bis %2: Der Server war aus oder hat geschlafen.</translation>
    </message>
</context>
<context>
    <name>Earshot::TeamsDialog</name>
    <message>
        <source>Teams</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Name of the team</source>
        <translation>Name des Teams</translation>
    </message>
    <message>
        <source>&amp;Who is in it</source>
        <translation>&amp;Wer dazugehört</translation>
    </message>
    <message>
        <source>Who is in it</source>
        <translation>Wer dazugehört</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%Ln person(s))</source>
        <comment>team</comment>
        <translation>
            <numerusform>%1 (%Ln Person)</numerusform>
            <numerusform>%1 (%Ln Personen)</numerusform>
        </translation>
    </message>
    <message>
        <source>No channel is for this team only. This is set for each channel (Channels, Edit).</source>
        <translation>Kein Kanal ist nur für dieses Team. Das sagt man beim Kanal (Kanäle, Bearbeiten).</translation>
    </message>
    <message>
        <source>For this team and for admins only: %1</source>
        <translation>Nur für dieses Team und die Verwaltung: %1</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>agent and role</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>Only admins can change these.</source>
        <translation>Ändern kann das nur die Verwaltung.</translation>
    </message>
    <message>
        <source>Remove the team %1? Who is in it is forgotten with it.</source>
        <translation>Das Team %1 entfernen? Wer dazugehört, wird damit vergessen.</translation>
    </message>
    <message>
        <source>There are no teams yet. A team has channels that only it and admins see, and the queue of what comes in there.</source>
        <translation>Es gibt noch keine Teams. Einem Team lassen sich Kanäle vorbehalten, die nur seine Mitglieder und die Verwaltung sehen; was dort ankommt, wartet bei ihm.</translation>
    </message>
</context>
<context>
    <name>Earshot::ThreadModel</name>
    <message>
        <source>not in the inbox</source>
        <translation>nicht im Eingang</translation>
    </message>
</context>
<context>
    <name>Earshot::ThreadPage</name>
    <message>
        <source>The whole thread</source>
        <translation>Das ganze Thema</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln Nachricht</numerusform>
            <numerusform>%Ln Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>The whole thread · %1</source>
        <translation>Das ganze Thema · %1</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>The thread could not be read. %1</source>
        <translation>Das Thema konnte nicht gelesen werden. %1</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>Show more messages of the thread</source>
        <translation>Mehr Nachrichten des Themas zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) after the first one are not shown.</source>
        <translation>
            <numerusform>Eine Nachricht nach der ersten wird nicht gezeigt.</numerusform>
            <numerusform>%Ln Nachrichten nach der ersten werden nicht gezeigt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Earshot::Timeline</name>
    <message numerus="yes">
        <source>Earlier in the public thread (%Ln)</source>
        <translation>
            <numerusform>Zuvor im öffentlichen Thema (%Ln)</numerusform>
            <numerusform>Zuvor im öffentlichen Thema (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also in the public thread (%Ln)</source>
        <translation>
            <numerusform>Auch im öffentlichen Thema (%Ln)</numerusform>
            <numerusform>Auch im öffentlichen Thema (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What was done before is not shown here, only the newest %Ln event(s)</source>
        <translation>
            <numerusform>Was davor geschah, steht hier nicht, nur das neueste Ereignis</numerusform>
            <numerusform>Was davor geschah, steht hier nicht, nur die neuesten %Ln Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; the whole thread has %L2 messages</source>
        <comment>a fold</comment>
        <translation>%1; das ganze Thema hat %L2 Nachrichten</translation>
    </message>
</context>
<context>
    <name>Earshot::TimelineView</name>
    <message>
        <source>&amp;Copy message</source>
        <translation>Nachricht &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Reply to this message</source>
        <translation>Auf diese Nachricht &amp;antworten</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>No messages yet.</source>
        <translation>Noch keine Nachrichten.</translation>
    </message>
    <message>
        <source>&amp;Open link</source>
        <translation>Link ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Copy link &amp;address</source>
        <translation>&amp;Adresse des Links kopieren</translation>
    </message>
</context>
<context>
    <name>Earshot::TitleState</name>
    <message>
        <source>not logged in</source>
        <translation>nicht angemeldet</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>as of %1, not logged in</source>
        <translation>Stand %1, nicht angemeldet</translation>
    </message>
    <message>
        <source>as of %1, read only</source>
        <translation>Stand %1, nur lesen</translation>
    </message>
</context>
<context>
    <name>Earshot::TopBar</name>
    <message>
        <source>Status: %1</source>
        <translation>Stand: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln not delivered</source>
        <translation>
            <numerusform>%Ln nicht zugestellt</numerusform>
            <numerusform>%Ln nicht zugestellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting to be sent</source>
        <translation>
            <numerusform>%Ln wartet aufs Senden</numerusform>
            <numerusform>%Ln warten aufs Senden</numerusform>
        </translation>
    </message>
    <message>
        <source>Outbox: %1</source>
        <translation>Ausgang: %1</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>Im Dienst</translation>
    </message>
    <message>
        <source>Off duty</source>
        <translation>Nicht im Dienst</translation>
    </message>
    <message>
        <source>Go off duty: new work goes to others</source>
        <translation>Dienst beenden: Neue Arbeit bekommen andere</translation>
    </message>
    <message>
        <source>Go on duty</source>
        <translation>Dienst beginnen</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Views, teams, channels and tags (F6)</source>
        <translation>Ansichten, Teams, Kanäle und Schlagwörter (F6)</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>Zurück zur Liste (Esc)</translation>
    </message>
</context>
<context>
    <name>Earshot::UpkeepDialog</name>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Check the workspace</source>
        <translation>Arbeitsbereich prüfen</translation>
    </message>
    <message>
        <source>The whole workspace is being read…</source>
        <translation>Der ganze Arbeitsbereich wird gelesen …</translation>
    </message>
    <message>
        <source>The workspace is sound: %1 conversations, %2 messages.</source>
        <translation>Der Arbeitsbereich ist in Ordnung: %1 Gespräche, %2 Nachrichten.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) were found.</source>
        <translation>
            <numerusform>Ein Problem wurde gefunden.</numerusform>
            <numerusform>%Ln Probleme wurden gefunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Back up the workspace</source>
        <translation>Arbeitsbereich sichern</translation>
    </message>
    <message>
        <source>The workspace is being copied…</source>
        <translation>Der Arbeitsbereich wird kopiert …</translation>
    </message>
    <message>
        <source>The copy is in %1.</source>
        <translation>Die Kopie liegt in %1.</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Liste exportieren</translation>
    </message>
    <message>
        <source>The list is being written…</source>
        <translation>Die Liste wird geschrieben …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversation(s) were written to %1.</source>
        <translation>
            <numerusform>%Ln Gespräch wurde nach %1 geschrieben.</numerusform>
            <numerusform>%Ln Gespräche wurden nach %1 geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%p%</source>
        <comment>progress; %p is a number</comment>
        <translation>%p %</translation>
    </message>
    <message>
        <source>Export what is found</source>
        <translation>Gefundenes exportieren</translation>
    </message>
    <message>
        <source>All that the search finds is being looked for…</source>
        <translation>Alles, was die Suche findet, wird gesucht …</translation>
    </message>
    <message>
        <source>What was found is being written…</source>
        <translation>Das Gefundene wird geschrieben …</translation>
    </message>
</context>
<context>
    <name>Earshot::ViewCommands</name>
    <message>
        <source>&amp;New view…</source>
        <translation>&amp;Neue Ansicht …</translation>
    </message>
    <message>
        <source>&amp;Save this search as a view…</source>
        <translation>Diese &amp;Suche als Ansicht speichern …</translation>
    </message>
    <message>
        <source>&amp;Edit this view…</source>
        <translation>Diese Ansicht &amp;bearbeiten …</translation>
    </message>
    <message>
        <source>&amp;Remove this view</source>
        <translation>Diese Ansicht &amp;entfernen</translation>
    </message>
    <message>
        <source>Move this view &amp;up</source>
        <translation>Diese Ansicht nach &amp;oben</translation>
    </message>
    <message>
        <source>Move this view &amp;down</source>
        <translation>Diese Ansicht nach &amp;unten</translation>
    </message>
    <message>
        <source>Removed the view %1</source>
        <translation>Ansicht %1 entfernt</translation>
    </message>
    <message>
        <source>Moved the view %1</source>
        <translation>Ansicht %1 verschoben</translation>
    </message>
    <message>
        <source>Changed the view %1</source>
        <translation>Ansicht %1 geändert</translation>
    </message>
    <message>
        <source>Made the view %1</source>
        <translation>Ansicht %1 angelegt</translation>
    </message>
    <message>
        <source>Made the view %1 everybody&apos;s</source>
        <translation>Ansicht %1 allen gegeben</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Rückgängig gemacht: %1</translation>
    </message>
    <message>
        <source>The name is copied.</source>
        <translation>Der Name ist kopiert.</translation>
    </message>
    <message>
        <source>&amp;Copy the list&apos;s name</source>
        <translation>Namen der Liste &amp;kopieren</translation>
    </message>
</context>
<context>
    <name>Earshot::ViewDialog</name>
    <message>
        <source>&amp;Everybody has this view</source>
        <translation>&amp;Alle haben diese Ansicht</translation>
    </message>
    <message>
        <source>New view</source>
        <translation>Neue Ansicht</translation>
    </message>
    <message>
        <source>Edit view</source>
        <translation>Ansicht bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Search for</source>
        <translation>&amp;Suchen nach</translation>
    </message>
    <message>
        <source>Everybody has this view (a lead can make such views)</source>
        <translation>Für alle sichtbar (nur Leitung und Verwaltung)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>Zugewiesen</translation>
    </message>
    <message>
        <source>&amp;Assigned to</source>
        <translation>&amp;Zugewiesen</translation>
    </message>
    <message>
        <source>Priority at least</source>
        <translation>Priorität mindestens</translation>
    </message>
    <message>
        <source>&amp;Priority at least</source>
        <translation>&amp;Priorität mindestens</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>Reihenfolge der Liste</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>&amp;Reihenfolge</translation>
    </message>
    <message>
        <source>On one of these &amp;channels</source>
        <translation>Auf einem dieser &amp;Kanäle</translation>
    </message>
    <message>
        <source>With all of these &amp;tags</source>
        <translation>Mit allen diesen &amp;Schlagwörtern</translation>
    </message>
    <message>
        <source>&amp;Without these tags</source>
        <translation>&amp;Ohne diese Schlagwörter</translation>
    </message>
    <message>
        <source>Needs an ans&amp;wer</source>
        <translation>Braucht eine Ant&amp;wort</translation>
    </message>
    <message>
        <source>P&amp;rivate</source>
        <translation>Pri&amp;vat</translation>
    </message>
    <message>
        <source>&amp;Delivery trouble</source>
        <translation>&amp;Zustellung gestört</translation>
    </message>
    <message>
        <source>&amp;Group by thread</source>
        <translation>Nach Thema &amp;gruppieren</translation>
    </message>
    <message>
        <source>Anyone or nobody</source>
        <translation>Egal wem</translation>
    </message>
    <message>
        <source>Whoever looks</source>
        <translation>Wer gerade hinsieht</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemandem</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Longest waiting first</source>
        <translation>Am längsten wartende zuerst</translation>
    </message>
    <message>
        <source>Highest priority first</source>
        <translation>Höchste Priorität zuerst</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Geben Sie ihr einen Namen.</translation>
    </message>
    <message>
        <source>Write what to search for.</source>
        <translation>Schreiben Sie, wonach gesucht wird.</translation>
    </message>
    <message>
        <source>No conversation can have a tag and not have it.</source>
        <translation>Kein Gespräch kann ein Schlagwort haben und nicht haben.</translation>
    </message>
    <message>
        <source>More than %1 conversations now</source>
        <translation>Jetzt mehr als %1 Gespräche</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversation(s) now</source>
        <translation>
            <numerusform>Jetzt %Ln Gespräch</numerusform>
            <numerusform>Jetzt %Ln Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>Widest reach first</source>
        <translation>Größte Reichweite zuerst</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Waiting time</source>
        <translation>Wartezeit</translation>
    </message>
</context>
<context>
    <name>Earshot::ViewListModel</name>
    <message numerus="yes">
        <source>%1, %Ln conversation(s)</source>
        <translation>
            <numerusform>%1, %Ln Gespräch</numerusform>
            <numerusform>%1, %Ln Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Conversations with a reply that was not delivered</source>
        <translation>Gespräche mit einer nicht zugestellten Antwort</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Shared views</source>
        <translation>Gemeinsame Ansichten</translation>
    </message>
    <message>
        <source>My views</source>
        <translation>Meine Ansichten</translation>
    </message>
    <message>
        <source>What is open in the channels of %1</source>
        <translation>Was in den Kanälen von %1 offen ist</translation>
    </message>
    <message>
        <source>%1 · off duty</source>
        <translation>%1 · nicht im Dienst</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Kolleginnen und Kollegen</translation>
    </message>
    <message>
        <source>Conversations in which a note names you. Those with one that you have not seen are counted.</source>
        <translation>Gespräche, in denen eine Notiz Sie nennt. Gezählt werden die mit einer, die Sie noch nicht gesehen haben.</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln conversation(s) with an unseen note</source>
        <translation>
            <numerusform>%1, %Ln Gespräch mit einer ungesehenen Notiz</numerusform>
            <numerusform>%1, %Ln Gespräche mit einer ungesehenen Notiz</numerusform>
        </translation>
    </message>
    <message>
        <source>Conversations that wait for some time. That changes with the clock, so they are not counted.</source>
        <translation>Gespräche, die schon eine gewisse Zeit warten. Das ändert sich mit der Uhr, darum werden sie nicht gezählt.</translation>
    </message>
</context>
<context>
    <name>Earshot::ViewPane</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
</context>
<context>
    <name>Earshot::WaitingField</name>
    <message>
        <source>Waits longer than</source>
        <translation>Wartet länger als</translation>
    </message>
    <message>
        <source>Unit of the waiting time</source>
        <translation>Einheit der Wartezeit</translation>
    </message>
    <message>
        <source>Waits &amp;longer than</source>
        <translation>Wartet &amp;länger als</translation>
    </message>
    <message numerus="yes">
        <source>minute(s)</source>
        <comment>unit of a waiting time, the number is before it</comment>
        <translation>
            <numerusform>Minute</numerusform>
            <numerusform>Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>hour(s)</source>
        <comment>unit of a waiting time, the number is before it</comment>
        <translation>
            <numerusform>Stunde</numerusform>
            <numerusform>Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>day(s)</source>
        <comment>unit of a waiting time, the number is before it</comment>
        <translation>
            <numerusform>Tag</numerusform>
            <numerusform>Tage</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Earshot::WelcomeDialog</name>
    <message>
        <source>Welcome to Earshot</source>
        <translation>Willkommen bei Earshot</translation>
    </message>
    <message>
        <source>A desk for what people write about you in public: it gathers it in one inbox on this computer, where you assign, annotate and answer it. The next step is to paste the address of a blog, a feed or an account.</source>
        <translation>Ein Arbeitsplatz für das, was öffentlich über Sie geschrieben wird: Es sammelt sich in einem Eingang auf diesem Rechner, wo Sie es zuweisen, mit Notizen versehen und beantworten. Als Nächstes fügen Sie die Adresse eines Blogs, eines Feeds oder eines Kontos ein.</translation>
    </message>
    <message>
        <source>Your &amp;name, as colleagues see it</source>
        <translation>Ihr &amp;Name, wie ihn das Team sieht</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>&amp;Open one that is here</source>
        <translation>Einen ö&amp;ffnen, der hier ist</translation>
    </message>
    <message>
        <source>Workspaces of this computer</source>
        <translation>Arbeitsbereiche auf diesem Computer</translation>
    </message>
    <message>
        <source>&amp;Create my workspace</source>
        <translation>Meinen Arbeitsbereich &amp;anlegen</translation>
    </message>
    <message>
        <source>&amp;Look around in the sample</source>
        <translation>Im &amp;Beispiel umsehen</translation>
    </message>
    <message>
        <source>&amp;Join a shared workspace…</source>
        <translation>Einem &amp;gemeinsamen Arbeitsbereich beitreten …</translation>
    </message>
    <message>
        <source>Your workspace is kept in %1</source>
        <translation>Ihr Arbeitsbereich liegt in %1</translation>
    </message>
</context>
<context>
    <name>Earshot::Wording</name>
    <message>
        <source>The server is asked to take it back. Whether it is too late is known when it answers.</source>
        <translation>Der Server wird gebeten, es zurückzunehmen. Ob es zu spät ist, zeigt sich, wenn er antwortet.</translation>
    </message>
    <message>
        <source>feed</source>
        <translation>Feed</translation>
    </message>
    <message>
        <source>Mastodon</source>
        <translation>Mastodon</translation>
    </message>
    <message>
        <source>WordPress</source>
        <translation>WordPress</translation>
    </message>
    <message>
        <source>Bluesky</source>
        <translation>Bluesky</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>snoozed</source>
        <translation>zurückgestellt</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>no answer needed</source>
        <translation>keine Antwort nötig</translation>
    </message>
    <message>
        <source>spam</source>
        <translation>Spam</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>Dublette</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>urgent</source>
        <translation>dringend</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>awaiting approval</source>
        <translation>wartet auf Freigabe</translation>
    </message>
    <message>
        <source>waiting, can be taken back</source>
        <translation>wartet, kann zurückgenommen werden</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>wartet aufs Senden</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not known if it arrived</source>
        <translation>nicht bekannt, ob angekommen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Like</source>
        <translation>Favorisieren</translation>
    </message>
    <message>
        <source>Take back a like</source>
        <translation>Favorit zurücknehmen</translation>
    </message>
    <message>
        <source>Boost</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Take back a boost</source>
        <translation>Teilen zurücknehmen</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Take back an approval</source>
        <translation>Freigabe zurücknehmen</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Mark as spam</source>
        <translation>Als Spam markieren</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Delete our message</source>
        <translation>Unsere Nachricht löschen</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>Nicht zugewiesen</translation>
    </message>
    <message>
        <source>All open</source>
        <translation>Alle offenen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Notes to me</source>
        <translation>Notizen an mich</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln min</source>
        <translation>
            <numerusform>%Ln Min.</numerusform>
            <numerusform>%Ln Min.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln h</source>
        <translation>
            <numerusform>%Ln Std.</numerusform>
            <numerusform>%Ln Std.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln d</source>
        <comment>days</comment>
        <translation>
            <numerusform>%Ln T.</numerusform>
            <numerusform>%Ln T.</numerusform>
        </translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date of this year</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date of another year</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>viewer</source>
        <comment>role</comment>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>agent</source>
        <comment>role</comment>
        <translation>Mitarbeit</translation>
    </message>
    <message>
        <source>lead</source>
        <comment>role</comment>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>admin</source>
        <comment>role</comment>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>on duty</source>
        <translation>im Dienst</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>nicht im Dienst</translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln offen</numerusform>
            <numerusform>%Ln offen</numerusform>
        </translation>
    </message>
    <message>
        <source>oldest waits since %1</source>
        <translation>das älteste wartet seit %1</translation>
    </message>
    <message>
        <source>support</source>
        <translation>Kundendienst</translation>
    </message>
    <message>
        <source>sales</source>
        <translation>Vertrieb</translation>
    </message>
    <message>
        <source>community</source>
        <translation>Gemeinschaft</translation>
    </message>
    <message>
        <source>the company in general</source>
        <comment>what a channel is for</comment>
        <translation>das Unternehmen als solches</translation>
    </message>
    <message numerus="yes">
        <source>every %Ln hour(s)</source>
        <translation>
            <numerusform>jede Stunde</numerusform>
            <numerusform>alle %Ln Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %Ln minute(s)</source>
        <translation>
            <numerusform>jede Minute</numerusform>
            <numerusform>alle %Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %Ln second(s)</source>
        <translation>
            <numerusform>jede Sekunde</numerusform>
            <numerusform>alle %Ln Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Search does not reach all history yet</source>
        <translation>Die Suche reicht noch nicht ganz zurück</translation>
    </message>
    <message>
        <source>Search reaches back to %1</source>
        <translation>Die Suche reicht zurück bis %1</translation>
    </message>
    <message>
        <source>%1 open of at most %2</source>
        <translation>%1 offen von höchstens %2</translation>
    </message>
    <message>
        <source>full</source>
        <comment>of an agent who has as much as is to be</comment>
        <translation>voll</translation>
    </message>
    <message numerus="yes">
        <source>%Ln follower(s)</source>
        <translation>
            <numerusform>%Ln Follower</numerusform>
            <numerusform>%Ln Follower</numerusform>
        </translation>
    </message>
    <message>
        <source>%1M followers</source>
        <comment>about how many million: 1.2</comment>
        <translation>%1 Mio. Follower</translation>
    </message>
    <message>
        <source>%1k followers</source>
        <comment>about how many thousand: 12</comment>
        <translation>%1 Tsd. Follower</translation>
    </message>
</context>
<context>
    <name>Earshot::WorkSince</name>
    <message>
        <source>From when on it is work</source>
        <translation>Ab wann es Arbeit ist</translation>
    </message>
    <message>
        <source>From now on: what is older arrives as resolved</source>
        <translation>Ab jetzt: Älteres kommt als erledigt an</translation>
    </message>
    <message>
        <source>From a day on: what is older arrives as resolved</source>
        <translation>Ab einem Tag: Älteres kommt als erledigt an</translation>
    </message>
    <message>
        <source>All of it: everything that is pulled is open</source>
        <translation>Alles: Was abgerufen wird, ist offen</translation>
    </message>
    <message>
        <source>Work from this day on</source>
        <translation>Arbeit ab diesem Tag</translation>
    </message>
</context>
<context>
    <name>Earshot::WorkspaceSwitch</name>
    <message>
        <source>S&amp;witch workspace…</source>
        <translation>Arbeitsbereich &amp;wechseln …</translation>
    </message>
    <message>
        <source>&amp;Join or begin another workspace…</source>
        <translation>Einem anderen Arbeitsbereich &amp;beitreten oder ihn anlegen …</translation>
    </message>
    <message>
        <source>Switch to %1</source>
        <translation>Zu %1 wechseln</translation>
    </message>
    <message>
        <source>Open a file for rea&amp;ding…</source>
        <translation>Eine Datei zum &amp;Lesen öffnen …</translation>
    </message>
    <message>
        <source>Open a file for reading</source>
        <translation>Eine Datei zum Lesen öffnen</translation>
    </message>
    <message>
        <source>Workspaces, replicas and copies of them (%1)</source>
        <translation>Arbeitsbereiche, Replikate und Kopien davon (%1)</translation>
    </message>
    <message>
        <source>All files (%1)</source>
        <translation>Alle Dateien (%1)</translation>
    </message>
</context>
<context>
    <name>Earshot::WorkspaceTools</name>
    <message>
        <source>&amp;Journal…</source>
        <translation>&amp;Journal …</translation>
    </message>
    <message>
        <source>C&amp;heck the workspace…</source>
        <translation>Arbeitsbereich &amp;prüfen …</translation>
    </message>
    <message>
        <source>&amp;Back up the workspace…</source>
        <translation>Arbeitsbereich &amp;sichern …</translation>
    </message>
    <message>
        <source>Back up the workspace</source>
        <translation>Arbeitsbereich sichern</translation>
    </message>
    <message>
        <source>backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>E&amp;xport settings…</source>
        <translation>Einstellungen e&amp;xportieren …</translation>
    </message>
    <message>
        <source>Export settings</source>
        <translation>Einstellungen exportieren</translation>
    </message>
    <message>
        <source>&amp;Import settings…</source>
        <translation>Einstellungen &amp;importieren …</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>Einstellungen importieren</translation>
    </message>
    <message>
        <source>The settings are exported.</source>
        <translation>Die Einstellungen sind exportiert.</translation>
    </message>
    <message>
        <source>The settings are imported.</source>
        <translation>Die Einstellungen sind importiert.</translation>
    </message>
</context>
<context>
    <name>Earshot::WorkspacesDialog</name>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
    <message>
        <source>Each workspace has a window of its own. What you write in one stays in it.</source>
        <translation>Jeder Arbeitsbereich hat ein eigenes Fenster. Was Sie in einem schreiben, bleibt darin.</translation>
    </message>
    <message>
        <source>Workspaces of this computer</source>
        <translation>Arbeitsbereiche auf diesem Computer</translation>
    </message>
    <message>
        <source>&amp;Take off this list</source>
        <translation>Von der Liste &amp;nehmen</translation>
    </message>
    <message>
        <source>The file stays where it is.</source>
        <translation>Die Datei bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>&amp;Open a file…</source>
        <translation>Datei ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Join or begin another…</source>
        <translation>Anderem &amp;beitreten oder neu anlegen …</translation>
    </message>
    <message>
        <source>&amp;Switch</source>
        <translation>&amp;Wechseln</translation>
    </message>
    <message>
        <source>%1 · replica in %2</source>
        <comment>server, file</comment>
        <translation>%1 · Replikat in %2</translation>
    </message>
    <message>
        <source>%1 (this window)</source>
        <comment>a workspace&apos;s name and place</comment>
        <translation>%1 (dieses Fenster)</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>Arbeitsbereich öffnen</translation>
    </message>
    <message>
        <source>Workspaces (*.earshot)</source>
        <translation>Arbeitsbereiche (*.earshot)</translation>
    </message>
    <message>
        <source>None is known yet</source>
        <translation>Noch keine Arbeitsbereiche</translation>
    </message>
    <message>
        <source>Every workspace that is opened on this computer appears here.</source>
        <translation>Jeder Arbeitsbereich, der auf diesem Computer geöffnet wird, erscheint hier.</translation>
    </message>
</context>
<context>
    <name>Earshot::WritingTools</name>
    <message>
        <source>Saved re&amp;plies…</source>
        <translation>Te&amp;xtbausteine …</translation>
    </message>
    <message>
        <source>&amp;Macros…</source>
        <translation>&amp;Makros …</translation>
    </message>
    <message>
        <source>Macro: %1</source>
        <translation>Makro: %1</translation>
    </message>
    <message>
        <source>Assigned to you, as you began to answer</source>
        <translation>Ihnen zugewiesen, weil Sie zu antworten begonnen haben</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A desk for what people say about you in public.</source>
        <translation>Ein Arbeitsplatz für das, was öffentlich über Sie gesagt wird.</translation>
    </message>
    <message>
        <source>Opens a sample that needs no account and no network.</source>
        <translation>Öffnet ein Beispiel, das weder Konto noch Netzwerk braucht.</translation>
    </message>
    <message>
        <source>Who works, by name.</source>
        <translation>Wer arbeitet, mit Namen.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The key of the encrypted secrets file, where there is no keychain.</source>
        <translation>Der Schlüssel der verschlüsselten Geheimnisdatei, wo es keinen Schlüsselbund gibt.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Joins the shared workspace of this server; its replica is the file.</source>
        <translation>Tritt dem gemeinsamen Arbeitsbereich dieses Servers bei; die Datei ist sein Replikat.</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Also trusts the certificates in this file (PEM), for a server with one of its own; kept for that replica.</source>
        <translation>Vertraut auch den Zertifikaten in dieser Datei (PEM), für einen Server mit eigenem; wird für dieses Replikat behalten.</translation>
    </message>
    <message>
        <source>Begins with the question which workspace to join, make or open.</source>
        <translation>Beginnt mit der Frage, welchem Arbeitsbereich beigetreten, welcher angelegt oder geöffnet werden soll.</translation>
    </message>
    <message>
        <source>The workspace; else the one that was used last.</source>
        <translation>Der Arbeitsbereich; sonst der zuletzt benutzte.</translation>
    </message>
    <message>
        <source>Opens the file for reading, also while another window has it: nothing is changed in it, and nothing is pulled, sent or asked of a server. One of an older version is brought to today&apos;s form first.</source>
        <translation>Öffnet die Datei zum Lesen, auch während ein anderes Fenster sie hat: Nichts wird in ihr geändert, und nichts wird abgeholt, gesendet oder einen Server gefragt. Eine einer älteren Version wird zuerst in die heutige Form gebracht.</translation>
    </message>
</context>
</TS>
