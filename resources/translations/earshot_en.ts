<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>Earshot::AnsweringRound</name>
        <message numerus="yes">
            <source>Answer %Ln conversation(s), one after another, with</source>
            <translation>
                <numerusform>Answer one conversation with</numerusform>
                <numerusform>Answer %Ln conversations, one after another, with</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Answered %L1 of %Ln conversation(s).</source>
            <translation>
                <numerusform>Answered %L1 of one conversation.</numerusform>
                <numerusform>Answered %L1 of %Ln conversations.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more cannot be answered from here.</source>
            <translation>
                <numerusform>%Ln more cannot be answered from here.</numerusform>
                <numerusform>%Ln more cannot be answered from here.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::AwayControl</name>
        <message numerus="yes">
            <source>While you were away something was done with %Ln or more of your conversations.</source>
            <translation>
                <numerusform>While you were away something was done with at least one of your conversations.</numerusform>
                <numerusform>While you were away something was done with at least %Ln of your conversations.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>While you were away something was done with %Ln of your conversations.</source>
            <translation>
                <numerusform>While you were away something was done with one of your conversations.</numerusform>
                <numerusform>While you were away something was done with %Ln of your conversations.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::BulkBar</name>
        <message numerus="yes">
            <source>%Ln conversation(s) marked</source>
            <translation>
                <numerusform>%Ln conversation marked</numerusform>
                <numerusform>%Ln conversations marked</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln marked, more are not marked at once</source>
            <translation>
                <numerusform>%Ln marked, more are not marked at once</numerusform>
                <numerusform>%Ln marked, more are not marked at once</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln of %1 marked, more are not marked at once</source>
            <translation>
                <numerusform>%Ln of %1 marked, more are not marked at once</numerusform>
                <numerusform>%Ln of %1 marked, more are not marked at once</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ChannelsDialog</name>
        <message numerus="yes">
            <source>%Ln new message(s).</source>
            <translation>
                <numerusform>%Ln new message.</numerusform>
                <numerusform>%Ln new messages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln request(s) left until %1</source>
            <translation>
                <numerusform>%Ln request left until %1</numerusform>
                <numerusform>%Ln requests left until %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ClosingQuestion</name>
        <message numerus="yes">
            <source>%Ln reply(s) or action(s) have not been sent yet.</source>
            <translation>
                <numerusform>One reply or action has not been sent yet.</numerusform>
                <numerusform>%Ln replies or actions have not been sent yet.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Composer</name>
        <message numerus="yes">
            <source>Split into %Ln</source>
            <translation>
                <numerusform>Split into %Ln</numerusform>
                <numerusform>Split into %Ln</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln too many</source>
            <translation>
                <numerusform>%Ln too many</numerusform>
                <numerusform>%Ln too many</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln left</source>
            <translation>
                <numerusform>%Ln left</numerusform>
                <numerusform>%Ln left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This network takes at most %Ln attachment(s).</source>
            <translation>
                <numerusform>This network takes at most one attachment.</numerusform>
                <numerusform>This network takes at most %Ln attachments.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The reply is %Ln character(s) longer than this network takes; it will most likely be refused.</source>
            <translation>
                <numerusform>The reply is one character longer than this network takes; it will most likely be refused.</numerusform>
                <numerusform>The reply is %Ln characters longer than this network takes; it will most likely be refused.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln attachment(s) of this draft stay(s) on your other machine and will not be sent from here.</source>
            <translation>
                <numerusform>%Ln attachment of this draft stays on your other machine and will not be sent from here.</numerusform>
                <numerusform>%Ln attachments of this draft stay on your other machine and will not be sent from here.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ContactSide</name>
        <message numerus="yes">
            <source>%Ln other conversation(s)</source>
            <translation>
                <numerusform>%Ln other conversation</numerusform>
                <numerusform>%Ln other conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The newest %Ln other conversation(s)</source>
            <translation>
                <numerusform>The newest other conversation</numerusform>
                <numerusform>The newest %Ln other conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ContactWindow</name>
        <message numerus="yes">
            <source>%Ln conversation(s)</source>
            <translation>
                <numerusform>%Ln conversation</numerusform>
                <numerusform>%Ln conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln open</source>
            <translation>
                <numerusform>%Ln open</numerusform>
                <numerusform>%Ln open</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ConversationActions</name>
        <message numerus="yes">
            <source>Assign %Ln conversation(s) to</source>
            <translation>
                <numerusform>Assign to</numerusform>
                <numerusform>Assign %Ln conversations to</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Tag %Ln conversation(s)</source>
            <translation>
                <numerusform>Tag the conversation</numerusform>
                <numerusform>Tag %Ln conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Snooze %Ln conversation(s) until</source>
            <translation>
                <numerusform>Snooze until</numerusform>
                <numerusform>Snooze %Ln conversations until</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Priority of %Ln conversation(s)</source>
            <translation>
                <numerusform>Priority of the conversation</numerusform>
                <numerusform>Priority of %Ln conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Resolve %Ln conversation(s) as</source>
            <translation>
                <numerusform>Resolve as</numerusform>
                <numerusform>Resolve %Ln conversations as</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln of them could not be done:</source>
            <translation>
                <numerusform>One of them could not be done:</numerusform>
                <numerusform>%Ln of them could not be done:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Spread %Ln conversation(s) over those on duty</source>
            <translation>
                <numerusform>Spread %Ln conversation over those on duty</numerusform>
                <numerusform>Spread %Ln conversations over those on duty</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln conversation(s)</source>
            <translation>
                <numerusform>%Ln conversation</numerusform>
                <numerusform>%Ln conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln stay(s) as is: everybody is full then</source>
            <translation>
                <numerusform>One stays as it is: everybody is full then</numerusform>
                <numerusform>%Ln stay as they are: everybody is full then</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ConversationHeader</name>
        <message numerus="yes">
            <source>%Ln more open</source>
            <translation>
                <numerusform>%Ln more open</numerusform>
                <numerusform>%Ln more open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more open conversation(s) of this contact</source>
            <translation>
                <numerusform>%Ln more open conversation of this contact</numerusform>
                <numerusform>%Ln more open conversations of this contact</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Take all %Ln</source>
            <translation>
                <numerusform>&amp;Take all %Ln</numerusform>
                <numerusform>&amp;Take all %Ln</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Resolve all %Ln</source>
            <translation>
                <numerusform>&amp;Resolve all %Ln</numerusform>
                <numerusform>&amp;Resolve all %Ln</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more not resolved</source>
            <translation>
                <numerusform>%Ln more not resolved</numerusform>
                <numerusform>%Ln more not resolved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more conversation(s) of this contact not resolved</source>
            <translation>
                <numerusform>%Ln more conversation of this contact is not resolved</numerusform>
                <numerusform>%Ln more conversations of this contact are not resolved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln older one(s)</source>
            <translation>
                <numerusform>and an older one</numerusform>
                <numerusform>and %Ln older ones</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Take the newest %Ln</source>
            <translation>
                <numerusform>&amp;Take the newest one</numerusform>
                <numerusform>&amp;Take the newest %Ln</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Resolve the newest %Ln</source>
            <translation>
                <numerusform>&amp;Resolve the newest one</numerusform>
                <numerusform>&amp;Resolve the newest %Ln</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ConversationPane</name>
        <message numerus="yes">
            <source>%Ln new message(s) on this channel.</source>
            <translation>
                <numerusform>%Ln new message on this channel.</numerusform>
                <numerusform>%Ln new messages on this channel.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ConversationTable</name>
        <message numerus="yes">
            <source>%Ln conversation(s)</source>
            <translation>
                <numerusform>%Ln conversation</numerusform>
                <numerusform>%Ln conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::DutyDialog</name>
        <message numerus="yes">
            <source>%Ln more is not listed one by one. What is chosen for all of them is done with it, too.</source>
            <translation>
                <numerusform>%Ln more is not listed one by one. What is chosen for all of them is done with it, too.</numerusform>
                <numerusform>%Ln more are not listed one by one. What is chosen for all of them is done with them, too.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::EmptyList</name>
        <message numerus="yes">
            <source>%Ln action(s) of yours could not be done. All else was delivered.</source>
            <translation>
                <numerusform>One action of yours could not be done. All else was delivered.</numerusform>
                <numerusform>%Ln actions of yours could not be done. All else was delivered.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Exporting</name>
        <message numerus="yes">
            <source>Export %Ln marked conversation(s)</source>
            <translation>
                <numerusform>Export %Ln marked conversation</numerusform>
                <numerusform>Export %Ln marked conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Export %Ln found conversation(s)</source>
            <translation>
                <numerusform>Export %Ln found conversation</numerusform>
                <numerusform>Export %Ln found conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::InboxPane</name>
        <message numerus="yes">
            <source>%Ln unseen</source>
            <translation>
                <numerusform>%Ln unseen</numerusform>
                <numerusform>%Ln unseen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::JournalDialog</name>
        <message numerus="yes">
            <source>%Ln new</source>
            <comment>journal lines waiting above the list</comment>
            <translation>
                <numerusform>%Ln new</numerusform>
                <numerusform>%Ln new</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show %Ln new line(s)</source>
            <translation>
                <numerusform>Show %Ln new line</numerusform>
                <numerusform>Show %Ln new lines</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ListHeader</name>
        <message numerus="yes">
            <source>%Ln new</source>
            <translation>
                <numerusform>%Ln new</numerusform>
                <numerusform>%Ln new</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show %Ln new conversation(s)</source>
            <translation>
                <numerusform>Show %Ln new conversation</numerusform>
                <numerusform>Show %Ln new conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln moved</source>
            <translation>
                <numerusform>%Ln moved</numerusform>
                <numerusform>%Ln moved</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::LogOutDialog</name>
        <message numerus="yes">
            <source>%Ln thing(s) that you did here, replies perhaps, the server has not taken. They go out when you log in here again; erased, they are lost.</source>
            <translation>
                <numerusform>%Ln thing that you did here, a reply perhaps, the server has not taken. It goes out when you log in here again; erased, it is lost.</numerusform>
                <numerusform>%Ln things that you did here, replies perhaps, the server has not taken. They go out when you log in here again; erased, they are lost.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::MacroPicker</name>
        <message numerus="yes">
            <source>Macro on %Ln conversation(s)</source>
            <translation>
                <numerusform>Macro on %Ln conversation</numerusform>
                <numerusform>Macro on %Ln conversations</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::MacroWording</name>
        <message numerus="yes">
            <source>%Ln day(s)</source>
            <translation>
                <numerusform>%Ln day</numerusform>
                <numerusform>%Ln days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln hour(s)</source>
            <translation>
                <numerusform>%Ln hour</numerusform>
                <numerusform>%Ln hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln minute(s)</source>
            <translation>
                <numerusform>%Ln minute</numerusform>
                <numerusform>%Ln minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::MainWindow</name>
        <message numerus="yes">
            <source>%Ln new message(s).</source>
            <translation>
                <numerusform>%Ln new message.</numerusform>
                <numerusform>%Ln new messages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The reply goes out in %Ln second(s).</source>
            <translation>
                <numerusform>The reply goes out in one second.</numerusform>
                <numerusform>The reply goes out in %Ln seconds.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::MessageCommands</name>
        <message numerus="yes">
            <source>%Ln conversation(s) marked as unseen</source>
            <translation>
                <numerusform>%Ln conversation marked as unseen</numerusform>
                <numerusform>%Ln conversations marked as unseen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Notifications</name>
        <message numerus="yes">
            <source>%Ln conversation(s) were assigned to you</source>
            <translation>
                <numerusform>%Ln conversation was assigned to you</numerusform>
                <numerusform>%Ln conversations were assigned to you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln note(s) mention you</source>
            <translation>
                <numerusform>%Ln note mentions you</numerusform>
                <numerusform>%Ln notes mention you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln of your replies were taken back</source>
            <translation>
                <numerusform>%Ln of your replies was taken back</numerusform>
                <numerusform>%Ln of your replies were taken back</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln reply(s) could not be sent</source>
            <translation>
                <numerusform>%Ln reply could not be sent</numerusform>
                <numerusform>%Ln replies could not be sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::OutboxDialog</name>
        <message numerus="yes">
            <source>%Ln more that cannot be listed: they follow when some of these are done.</source>
            <translation>
                <numerusform>%Ln more that cannot be listed: it follows when some of these are done.</numerusform>
                <numerusform>%Ln more that cannot be listed: they follow when some of these are done.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln are done and on their way back here.</source>
            <translation>
                <numerusform>%Ln is done and on its way back here.</numerusform>
                <numerusform>%Ln are done and on their way back here.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::PartedDialog</name>
        <message numerus="yes">
            <source>An admin has withdrawn your access to %1. What was kept of it here is deleted, but for %Ln text(s) of yours that were not sent:</source>
            <translation>
                <numerusform>An admin has withdrawn your access to %1. What was kept of it here is deleted, but for one text of yours that was not sent:</numerusform>
                <numerusform>An admin has withdrawn your access to %1. What was kept of it here is deleted, but for %Ln texts of yours that were not sent:</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::PresenceSigns</name>
        <message numerus="yes">
            <source>%Ln more</source>
            <translation>
                <numerusform>%Ln more</numerusform>
                <numerusform>%Ln more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ResumeDialog</name>
        <message numerus="yes">
            <source>Resume and send %Ln</source>
            <translation>
                <numerusform>Resume and send %Ln</numerusform>
                <numerusform>Resume and send %Ln</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::SearchPane</name>
        <message numerus="yes">
            <source>Found %Ln message(s)</source>
            <translation>
                <numerusform>Found %Ln message</numerusform>
                <numerusform>Found %Ln messages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::StatusControl</name>
        <message numerus="yes">
            <source>%Ln channel(s) with trouble</source>
            <translation>
                <numerusform>%Ln channel with trouble</numerusform>
                <numerusform>%Ln channels with trouble</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Catching up: %Ln change(s)</source>
            <translation>
                <numerusform>Catching up: %Ln change</numerusform>
                <numerusform>Catching up: %Ln changes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Catching up: %Ln channel(s)</source>
            <translation>
                <numerusform>Catching up: %Ln channel</numerusform>
                <numerusform>Catching up: %Ln channels</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::TeamsDialog</name>
        <message numerus="yes">
            <source>%1 (%Ln person(s))</source>
            <translation>
                <numerusform>%1 (%Ln person)</numerusform>
                <numerusform>%1 (%Ln people)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ThreadPage</name>
        <message numerus="yes">
            <source>%Ln message(s)</source>
            <translation>
                <numerusform>%Ln message</numerusform>
                <numerusform>%Ln messages</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln message(s) after the first one are not shown.</source>
            <translation>
                <numerusform>One message after the first one is not shown.</numerusform>
                <numerusform>%Ln messages after the first one are not shown.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Timeline</name>
        <message numerus="yes">
            <source>Earlier in the public thread (%Ln)</source>
            <translation>
                <numerusform>Earlier in the public thread (%Ln)</numerusform>
                <numerusform>Earlier in the public thread (%Ln)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Also in the public thread (%Ln)</source>
            <translation>
                <numerusform>Also in the public thread (%Ln)</numerusform>
                <numerusform>Also in the public thread (%Ln)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>What was done before is not shown here, only the newest %Ln event(s)</source>
            <translation>
                <numerusform>What was done before is not shown here, only the newest event</numerusform>
                <numerusform>What was done before is not shown here, only the newest %Ln events</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::TopBar</name>
        <message numerus="yes">
            <source>%Ln not delivered</source>
            <translation>
                <numerusform>%Ln not delivered</numerusform>
                <numerusform>%Ln not delivered</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln waiting to be sent</source>
            <translation>
                <numerusform>%Ln waiting to be sent</numerusform>
                <numerusform>%Ln waiting to be sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::UpkeepDialog</name>
        <message numerus="yes">
            <source>%Ln problem(s) were found.</source>
            <translation>
                <numerusform>%Ln problem was found.</numerusform>
                <numerusform>%Ln problems were found.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln conversation(s) were written to %1.</source>
            <translation>
                <numerusform>%Ln conversation was written to %1.</numerusform>
                <numerusform>%Ln conversations were written to %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ViewDialog</name>
        <message numerus="yes">
            <source>%Ln conversation(s) now</source>
            <translation>
                <numerusform>%Ln conversation now</numerusform>
                <numerusform>%Ln conversations now</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::ViewListModel</name>
        <message numerus="yes">
            <source>%1, %Ln conversation(s)</source>
            <translation>
                <numerusform>%1, %Ln conversation</numerusform>
                <numerusform>%1, %Ln conversations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, %Ln conversation(s) with an unseen note</source>
            <translation>
                <numerusform>%1, %Ln conversation with an unseen note</numerusform>
                <numerusform>%1, %Ln conversations with an unseen note</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::WaitingField</name>
        <message numerus="yes">
            <source>minute(s)</source>
            <comment>unit of a waiting time, the number is before it</comment>
            <translation>
                <numerusform>minute</numerusform>
                <numerusform>minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>hour(s)</source>
            <comment>unit of a waiting time, the number is before it</comment>
            <translation>
                <numerusform>hour</numerusform>
                <numerusform>hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>day(s)</source>
            <comment>unit of a waiting time, the number is before it</comment>
            <translation>
                <numerusform>day</numerusform>
                <numerusform>days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Earshot::Wording</name>
        <message numerus="yes">
            <source>%Ln min</source>
            <translation>
                <numerusform>%Ln min</numerusform>
                <numerusform>%Ln min</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln h</source>
            <translation>
                <numerusform>%Ln h</numerusform>
                <numerusform>%Ln h</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln d</source>
            <comment>days</comment>
            <translation>
                <numerusform>%Ln d</numerusform>
                <numerusform>%Ln d</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln open</source>
            <translation>
                <numerusform>%Ln open</numerusform>
                <numerusform>%Ln open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %Ln hour(s)</source>
            <translation>
                <numerusform>every hour</numerusform>
                <numerusform>every %Ln hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %Ln minute(s)</source>
            <translation>
                <numerusform>every minute</numerusform>
                <numerusform>every %Ln minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %Ln second(s)</source>
            <translation>
                <numerusform>every second</numerusform>
                <numerusform>every %Ln seconds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln follower(s)</source>
            <translation>
                <numerusform>%Ln follower</numerusform>
                <numerusform>%Ln followers</numerusform>
            </translation>
        </message>
    </context>
</TS>
