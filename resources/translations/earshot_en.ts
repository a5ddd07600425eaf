<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>Earshot::AnsweringRound</name>
        <message numerus="yes">
            <source>Answer %n conversation(s), one after another, with</source>
            <translation>
                <numerusform>Answer one conversation with</numerusform>
                <numerusform>Answer %n conversations, one after another, with</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Answered %1 of %n conversation(s).</source>
            <translation>
                <numerusform>Answered %1 of one conversation.</numerusform>
                <numerusform>Answered %1 of %n conversations.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::AwayControl</name>
        <message numerus="yes">
            <source>While you were away something was done with %n of your conversations.</source>
            <translation>
                <numerusform>While you were away something was done with one of your conversations.</numerusform>
                <numerusform>While you were away something was done with %n of your conversations.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::BulkBar</name>
        <message numerus="yes">
            <source>%n conversation(s) marked</source>
            <translation>
                <numerusform>%n conversation marked</numerusform>
                <numerusform>%n conversations marked</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n marked, more are not marked at once</source>
            <translation>
                <numerusform>%n marked, more are not marked at once</numerusform>
                <numerusform>%n marked, more are not marked at once</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ChannelsDialog</name>
        <message numerus="yes">
            <source>%n new message(s).</source>
            <translation>
                <numerusform>%n new message.</numerusform>
                <numerusform>%n new messages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) left until %1</source>
            <translation>
                <numerusform>%n request left until %1</numerusform>
                <numerusform>%n requests left until %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Composer</name>
        <message numerus="yes">
            <source>Split into %n</source>
            <translation>
                <numerusform>Split into %n</numerusform>
                <numerusform>Split into %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n too many</source>
            <translation>
                <numerusform>%n too many</numerusform>
                <numerusform>%n too many</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n left</source>
            <translation>
                <numerusform>%n left</numerusform>
                <numerusform>%n left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This network takes at most %n attachment(s).</source>
            <translation>
                <numerusform>This network takes at most one attachment.</numerusform>
                <numerusform>This network takes at most %n attachments.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The reply is %n character(s) longer than this network takes; it will most likely be refused.</source>
            <translation>
                <numerusform>The reply is one character longer than this network takes; it will most likely be refused.</numerusform>
                <numerusform>The reply is %n characters longer than this network takes; it will most likely be refused.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n attachment(s) of this draft stay(s) on your other machine and will not be sent from here.</source>
            <translation>
                <numerusform>%n attachment of this draft stays on your other machine and will not be sent from here.</numerusform>
                <numerusform>%n attachments of this draft stay on your other machine and will not be sent from here.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ContactSide</name>
        <message numerus="yes">
            <source>%n other conversation(s)</source>
            <translation>
                <numerusform>%n other conversation</numerusform>
                <numerusform>%n other conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The newest %n other conversation(s)</source>
            <translation>
                <numerusform>The newest other conversation</numerusform>
                <numerusform>The newest %n other conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ConversationActions</name>
        <message numerus="yes">
            <source>Assign %n conversation(s) to</source>
            <translation>
                <numerusform>Assign to</numerusform>
                <numerusform>Assign %n conversations to</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Tag %n conversation(s)</source>
            <translation>
                <numerusform>Tag the conversation</numerusform>
                <numerusform>Tag %n conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Snooze %n conversation(s) until</source>
            <translation>
                <numerusform>Snooze until</numerusform>
                <numerusform>Snooze %n conversations until</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Priority of %n conversation(s)</source>
            <translation>
                <numerusform>Priority of the conversation</numerusform>
                <numerusform>Priority of %n conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Resolve %n conversation(s) as</source>
            <translation>
                <numerusform>Resolve as</numerusform>
                <numerusform>Resolve %n conversations as</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them could not be done:</source>
            <translation>
                <numerusform>One of them could not be done:</numerusform>
                <numerusform>%n of them could not be done:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Spread %n conversation(s) over those on duty</source>
            <translation>
                <numerusform>Spread %n conversation over those on duty</numerusform>
                <numerusform>Spread %n conversations over those on duty</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n conversation(s)</source>
            <translation>
                <numerusform>%n conversation</numerusform>
                <numerusform>%n conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ConversationHeader</name>
        <message numerus="yes">
            <source>%n more open</source>
            <translation>
                <numerusform>%n more open</numerusform>
                <numerusform>%n more open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more open conversation(s) of this contact</source>
            <translation>
                <numerusform>%n more open conversation of this contact</numerusform>
                <numerusform>%n more open conversations of this contact</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Take all %n</source>
            <translation>
                <numerusform>&amp;Take all %n</numerusform>
                <numerusform>&amp;Take all %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Resolve all %n</source>
            <translation>
                <numerusform>&amp;Resolve all %n</numerusform>
                <numerusform>&amp;Resolve all %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ConversationPane</name>
        <message numerus="yes">
            <source>%n new message(s) on this channel.</source>
            <translation>
                <numerusform>%n new message on this channel.</numerusform>
                <numerusform>%n new messages on this channel.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ConversationTable</name>
        <message numerus="yes">
            <source>%n conversation(s)</source>
            <translation>
                <numerusform>%n conversation</numerusform>
                <numerusform>%n conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::DutyDialog</name>
        <message numerus="yes">
            <source>%n more is not listed one by one. What is chosen for all of them is done with it, too.</source>
            <translation>
                <numerusform>%n more is not listed one by one. What is chosen for all of them is done with it, too.</numerusform>
                <numerusform>%n more are not listed one by one. What is chosen for all of them is done with them, too.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Exporting</name>
        <message numerus="yes">
            <source>Export %n marked conversation(s)</source>
            <translation>
                <numerusform>Export %n marked conversation</numerusform>
                <numerusform>Export %n marked conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Export %n found conversation(s)</source>
            <translation>
                <numerusform>Export %n found conversation</numerusform>
                <numerusform>Export %n found conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::InboxPane</name>
        <message numerus="yes">
            <source>%n new</source>
            <translation>
                <numerusform>%n new</numerusform>
                <numerusform>%n new</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show %n new conversation(s)</source>
            <translation>
                <numerusform>Show %n new conversation</numerusform>
                <numerusform>Show %n new conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n moved</source>
            <translation>
                <numerusform>%n moved</numerusform>
                <numerusform>%n moved</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::LogOutDialog</name>
        <message numerus="yes">
            <source>%n thing(s) that you did here, replies perhaps, the server has not taken. They go out when you log in here again; erased, they are lost.</source>
            <translation>
                <numerusform>%n thing that you did here, a reply perhaps, the server has not taken. It goes out when you log in here again; erased, it is lost.</numerusform>
                <numerusform>%n things that you did here, replies perhaps, the server has not taken. They go out when you log in here again; erased, they are lost.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::MacroPicker</name>
        <message numerus="yes">
            <source>Macro on %n conversation(s)</source>
            <translation>
                <numerusform>Macro on %n conversation</numerusform>
                <numerusform>Macro on %n conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::MacroWording</name>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n hour</numerusform>
                <numerusform>%n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::MainWindow</name>
        <message numerus="yes">
            <source>%n new message(s).</source>
            <translation>
                <numerusform>%n new message.</numerusform>
                <numerusform>%n new messages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n reply(s) or deed(s) have not been sent yet.</source>
            <translation>
                <numerusform>One reply or deed has not been sent yet.</numerusform>
                <numerusform>%n replies or deeds have not been sent yet.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The reply goes out in %n second(s).</source>
            <translation>
                <numerusform>The reply goes out in one second.</numerusform>
                <numerusform>The reply goes out in %n seconds.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Notifications</name>
        <message numerus="yes">
            <source>%n conversation(s) were assigned to you</source>
            <translation>
                <numerusform>%n conversation was assigned to you</numerusform>
                <numerusform>%n conversations were assigned to you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n note(s) mention you</source>
            <translation>
                <numerusform>%n note mentions you</numerusform>
                <numerusform>%n notes mention you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n reply(s) could not be sent</source>
            <translation>
                <numerusform>%n reply could not be sent</numerusform>
                <numerusform>%n replies could not be sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::OutboxDialog</name>
        <message numerus="yes">
            <source>%n more that cannot be listed: they follow when some of these are done.</source>
            <translation>
                <numerusform>%n more that cannot be listed: it follows when some of these are done.</numerusform>
                <numerusform>%n more that cannot be listed: they follow when some of these are done.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::PartedDialog</name>
        <message numerus="yes">
            <source>An admin has withdrawn your access to %1. What was kept of it here is deleted, but for %n text(s) of yours that were not sent:</source>
            <translation>
                <numerusform>An admin has withdrawn your access to %1. What was kept of it here is deleted, but for one text of yours that was not sent:</numerusform>
                <numerusform>An admin has withdrawn your access to %1. What was kept of it here is deleted, but for %n texts of yours that were not sent:</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::PresenceSigns</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ResumeDialog</name>
        <message numerus="yes">
            <source>Resume and send %n</source>
            <translation>
                <numerusform>Resume and send %n</numerusform>
                <numerusform>Resume and send %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::SearchPane</name>
        <message numerus="yes">
            <source>Found %n message(s)</source>
            <translation>
                <numerusform>Found %n message</numerusform>
                <numerusform>Found %n messages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::StatusControl</name>
        <message numerus="yes">
            <source>%n channel(s) with trouble</source>
            <translation>
                <numerusform>%n channel with trouble</numerusform>
                <numerusform>%n channels with trouble</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::TeamsDialog</name>
        <message numerus="yes">
            <source>%1 (%n person(s))</source>
            <translation>
                <numerusform>%1 (%n person)</numerusform>
                <numerusform>%1 (%n people)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ThreadPage</name>
        <message numerus="yes">
            <source>%n message(s)</source>
            <translation>
                <numerusform>%n message</numerusform>
                <numerusform>%n messages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Timeline</name>
        <message numerus="yes">
            <source>Earlier in the public thread (%n)</source>
            <translation>
                <numerusform>Earlier in the public thread (%n)</numerusform>
                <numerusform>Earlier in the public thread (%n)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Also in the public thread (%n)</source>
            <translation>
                <numerusform>Also in the public thread (%n)</numerusform>
                <numerusform>Also in the public thread (%n)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::TopBar</name>
        <message numerus="yes">
            <source>%n not delivered</source>
            <translation>
                <numerusform>%n not delivered</numerusform>
                <numerusform>%n not delivered</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n waiting to be sent</source>
            <translation>
                <numerusform>%n waiting to be sent</numerusform>
                <numerusform>%n waiting to be sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::UpkeepDialog</name>
        <message numerus="yes">
            <source>%n problem(s) were found.</source>
            <translation>
                <numerusform>%n problem was found.</numerusform>
                <numerusform>%n problems were found.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n conversation(s) were written to %1.</source>
            <translation>
                <numerusform>%n conversation was written to %1.</numerusform>
                <numerusform>%n conversations were written to %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ViewDialog</name>
        <message numerus="yes">
            <source>%n conversation(s) now</source>
            <translation>
                <numerusform>%n conversation now</numerusform>
                <numerusform>%n conversations now</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ViewListModel</name>
        <message numerus="yes">
            <source>%1, %n conversation(s)</source>
            <translation>
                <numerusform>%1, %n conversation</numerusform>
                <numerusform>%1, %n conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Wording</name>
        <message numerus="yes">
            <source>%n min</source>
            <translation>
                <numerusform>%n min</numerusform>
                <numerusform>%n min</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n h</source>
            <translation>
                <numerusform>%n h</numerusform>
                <numerusform>%n h</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n open</numerusform>
                <numerusform>%n open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n hour(s)</source>
            <translation>
                <numerusform>every hour</numerusform>
                <numerusform>every %n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n minute(s)</source>
            <translation>
                <numerusform>every minute</numerusform>
                <numerusform>every %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n second(s)</source>
            <translation>
                <numerusform>every second</numerusform>
                <numerusform>every %n seconds</numerusform>
            </translation>
        </message>
    </context>
</TS>
