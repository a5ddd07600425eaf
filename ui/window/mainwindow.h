// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/keydispatcher.h"
#include "ui/shell/roster.h"

#include <QMainWindow>
#include <QPointer>

#include <memory>

class QMenu;
class QSplitter;
class QStackedWidget;

namespace Earshot {

class AnsweringRound;
class Appearance;
class AwayControl;
class ChannelsDialog;
class ChoiceBar;
class ConversationActions;
class ConversationPane;
class DutyControl;
class ClosingQuestion;
class OriginControl;
class InboxPane;
class MessageBar;
class MessageCommands;
class PaneCommands;
class PaneFolding;
class NoticeControl;
class OwnWindows;
class PlaceCommands;
class Exporting;
class Printing;
class SearchPane;
class SearchReach;
class SendingControl;
class SharedTools;
class StatusControl;
class TopBar;
class ViewCommands;
class ViewPane;
class WorkspaceSwitch;
class WorkspaceTools;
class WritingTools;

/// The window of one workspace: composes the panes and lets them talk to each other. Everything that can be done is in
/// its registry of commands.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    struct Options
    {
        QString title;                      ///< of the workspace
        QString notListening;               ///< why nothing is pulled or sent here; empty = it is
        bool asksBeforeClosing = true;      ///< this process is the one that sends
        qint64 longLog = 256 * 1024 * 1024; ///< bytes of the write-ahead log from which on the status warns
        QString whyReadOnly;                ///< why nothing can be done with this file; empty = as the desk says
        Time asOf;                          ///< of a file that can only be read; not known = no other time than now
        Time heardUntil;                    ///< when this desk last pulled before it was closed
    };

    MainWindow(Desk &desk, ChannelService &channels, Appearance &appearance, Options options);
    ~MainWindow() override;

    [[nodiscard]] CommandRegistry &commands() { return m_commands; }
    [[nodiscard]] const Roster &roster() const { return m_roster; }
    /// Shows itself above all others. @param activationToken from a second start, may be empty
    void raiseFor(const QString &activationToken);
    void tell(const QString &sentence);
    void openConversation(ConversationId id);
    /// Closing hides the window instead: it goes on in the tray. Quitting ends it all the same.
    void setHidesOnClose(bool hides) { m_hidesOnClose = hides; }
    [[nodiscard]] bool hidesOnClose() const { return m_hidesOnClose; }
    void addToViewMenu(const QStringList &ids);
    /// In a window of its own; it dies with this one at the latest.
    void openWindow(ConversationId id);

Q_SIGNALS:
    /// The person has decided: the session may be closed.
    void closing();
    /// The server of a shared workspace no longer knows this device; the person wants to log in.
    void logInAsked();
    /// The person wants this device to leave the shared workspace. @param erases with what is kept here
    void logOutAsked(bool erases);
    /// The person wants to see who is logged in where.
    void devicesAsked();
    /// The person wants another workspace's window. @param file empty = of one that is not known yet
    void workspaceAsked(const QString &file);
    /// In a window of its own, in which nothing can be done to it.
    void readingAsked(const QString &file);
    /// The settings were replaced: whoever keeps some reads them again.
    void settingsChanged();

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildPanes();
    /// Panes that fold away where there is no room for all.
    void connectFolding();
    void connectPanes();
    void connectMessages();
    void connectLists();
    void connectRoster();
    void connectActions();
    void connectOwnWindows();
    void addCommands();
    void addViewCommands();
    /// The command of Ctrl and a digit, where the layout types that digit with Shift only: no shortcut is met then.
    bool runByDigit(const QKeyEvent &event);
    void addConversationCommands();
    void addWindowCommands();
    void addCommand(const char *id, const QString &text, const char *icon, const char *key,
                    const QKeySequence &shortcut, std::function<void()> run, std::function<bool()> isEnabled = {});
    void buildMenus();
    void showView(const ListQuery &query);
    /// As if the person had chosen it at the left, and goes into its list.
    void goTo(const ListQuery &query);
    /// To who hears the screen, which list is there now.
    void announceView();
    /// What is listed was edited or removed.
    void followView();
    void showSearch(const QString &text, bool isTyping);
    void leaveSearch();
    void onSearchEmptied();
    /// To where the keyboard was before somebody searched.
    void goBackFromSearch();
    /// A reply or note was taken by the desk.
    void onWritten(DraftRecord::Mode mode, bool isResolved, ConversationId conversation);
    void updateOutbox();
    void goOnFrom(const QList<ConversationId> &through);
    void tellWhyNot(const QString &command);
    /// Qt passes over what was off when it was looked at last, without a word. @return whether it is a command's
    bool answerShortcut(const QKeyEvent &event);
    void cycleFocus(int step);
    void pull();
    /// @param first is current there; none = that of the list, if it is of one
    ChannelsDialog *showChannels(ChannelId first = {});
    /// One that somebody has to look after, that of the list before all; none = all are well.
    [[nodiscard]] ChannelId troubledChannel() const;
    void showOutbox();
    void showShortcuts();
    void showSettings();
    void useSingleKeys(bool areOn);
    void showListMenu(const QPoint &at, QWidget *list);
    /// The server lets this device in no more: a person has to log in.
    [[nodiscard]] bool isLoggedOut() const;
    [[nodiscard]] bool mayAct() const;
    void askToLogIn();
    [[nodiscard]] QString titleNow() const;
    void restore();
    void remember() const;
    /// What was listed when the window was last closed, as soon as that is there.
    void goToLastList();

    Desk &m_desk;
    ChannelService &m_channels;
    Appearance &m_appearance;
    Options m_options;
    Roster m_roster;
    CommandRegistry m_commands;
    KeyDispatcher m_keys;
    ConversationActions *m_actions = nullptr;
    PaneCommands *m_paneCommands = nullptr;
    MessageCommands *m_messageCommands = nullptr;
    ViewCommands *m_viewCommands = nullptr;
    PlaceCommands *m_places = nullptr;
    NoticeControl *m_notices = nullptr;
    DutyControl *m_duty = nullptr;
    OriginControl *m_origin = nullptr;
    SendingControl *m_sending = nullptr;
    SearchReach *m_reach = nullptr;
    StatusControl *m_status = nullptr;
    WritingTools *m_writing = nullptr;
    AnsweringRound *m_round = nullptr;
    Printing *m_printing = nullptr;
    ClosingQuestion *m_closing = nullptr;
    Exporting *m_exporting = nullptr;
    WorkspaceTools *m_tools = nullptr;
    SharedTools *m_shared = nullptr;
    WorkspaceSwitch *m_switch = nullptr;
    AwayControl *m_away = nullptr;
    ChoiceBar *m_stopped = nullptr;
    ChoiceBar *m_roundBar = nullptr;
    TopBar *m_topBar = nullptr;
    QSplitter *m_splitter = nullptr;
    PaneFolding *m_folding = nullptr;
    ViewPane *m_views = nullptr;
    QStackedWidget *m_middle = nullptr;
    InboxPane *m_inbox = nullptr;
    SearchPane *m_search = nullptr;
    QPointer<QWidget> m_beforeSearch; ///< had the keyboard
    ConversationPane *m_conversation = nullptr;
    MessageBar *m_message = nullptr;
    std::unique_ptr<OwnWindows> m_own; ///< goes before the roster
    ConversationId m_heldIn;           ///< whose reply waits in the undo window since a moment ago
    bool m_isPulling = false;
    bool m_mayAct = true; ///< when it was last said whether one may
    bool m_mayClose = false;
    bool m_hidesOnClose = false;
    bool m_isQuitting = false;
    QMenu *m_viewMenu = nullptr;
};

} // namespace Earshot
