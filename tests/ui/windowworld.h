// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/session.h"
#include "desk/intake.h"
#include "sample/sample.h"
#include "sample/samplelife.h"
#include "tests/ui/deskworld.h"
#include "ui/shell/appearance.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QTemporaryDir>

namespace Earshot {

class ConversationListModel;
class Timeline;

/// The whole program below main(): a small sample workspace with its fake networks, opened as a session, and the real
/// main window on it. Nothing is pulled or sent by itself: a test does it by service(). Settings lie in a folder of
/// this world's.
class WindowWorld final
{
public:
    /// Tests count the saved replies that they make themselves.
    [[nodiscard]] static QString withoutSavedReplies() { return QStringLiteral("DELETE FROM saved_reply;"); }
    /// @param change SQL that is run over the sample workspace before it is opened
    explicit WindowWorld(int conversations = 600, const QString &change = withoutSavedReplies());
    ~WindowWorld();

    /// How the application looks; before the first world, else light.
    static void chooseAppearance(Appearance::Scheme scheme);
    [[nodiscard]] static Appearance &appearance();

    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] Desk &desk() { return m_session->desk(); }
    [[nodiscard]] ChannelService &service() { return m_session->channels(); }
    [[nodiscard]] TestClock &clock() { return m_clock; }
    [[nodiscard]] SampleWorld &networks() { return *m_networks; }
    /// Closes the window and opens another one on the same session, as the next start does.
    void reopen(MainWindow::Options options = {});
    /// As after quitting: the program is started by another agent, on their word alone. The networks stay behind.
    void startAs(const QString &agent);

    /// A widget of the window or of a dialog by its object name; null when there is none.
    [[nodiscard]] QWidget *widget(const char *name) const;
    template <class T>
    [[nodiscard]] T *find(const char *name) const
    {
        return qobject_cast<T *>(widget(name));
    }
    /// A window of this kind; null when there is none.
    template <class T>
    [[nodiscard]] static T *top()
    {
        for (QWidget *one : QApplication::topLevelWidgets()) {
            if (auto *window = qobject_cast<T *>(one))
                return window;
        }
        return nullptr;
    }
    /// What a label, button, field or bar of this name says; empty when it is hidden or not there.
    [[nodiscard]] QString textOf(const char *name) const;
    [[nodiscard]] ConversationListModel &list() const;
    /// What the first slots work on is there: the sample's inbox, and who and which channels there are.
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] const Timeline &timeline() const;
    /// What has the keyboard; null while a window is on its way.
    [[nodiscard]] QWidget *focus() const;
    /// Presses keys where the keyboard is: letters, "Shift+A", "Ctrl+Return", "G M" as two keys, "Down".
    void press(const QString &keys);
    /// Types a text where the keyboard is.
    void type(const QString &text);
    /// Moves the list to its first row that answers to `wanted` and waits until it is on screen. None = it failed.
    [[nodiscard]] ConversationId show(const std::function<bool(const ConversationRecord &)> &wanted);
    /// The same for a public mention that wants an answer and is still there.
    [[nodiscard]] ConversationId showMention();
    [[nodiscard]] ConversationId shown() const;

    [[nodiscard]] ConversationRecord record(ConversationId id);
    [[nodiscard]] QList<MessageRecord> messages(ConversationId id);
    [[nodiscard]] QList<DeliveryRecord> outbox();
    /// How many replies and effects the window knows to be held or queued.
    [[nodiscard]] int waitingInWindow() const;
    [[nodiscard]] Outcome act(ActionArguments arguments);
    void setHealth(ChannelId channel, Health health, const QString &detail);
    /// Its network was asked just now, and answered.
    void setPulled(ChannelId channel);
    /// As where a replica's older slices are missing. @param reach as ReplicaFile keeps it
    void setSearchReach(const QString &reach);
    /// Somebody new writes on the Mastodon account.
    void write(const QString &name, const QString &text) { write(QStringList{name}, text); }
    /// Each of them does, in one page.
    void write(const QStringList &names, const QString &text);
    /// Each of them has, before what the account brings is work: `count` messages, a minute apart.
    void writeLongAgo(const QStringList &names, const QString &text, int count = 1);
    /// Who wrote last does it again, now, in the same thread.
    void writeAgainAsTheLast(const QString &name, const QString &text);
    /// Somebody answers who wrote last, and not us: in their thread, of no conversation.
    void answerTheLast(const QString &name, const QString &text);

private:
    [[nodiscard]] RemoteMessage newMessage(const QString &name, const QString &text);
    void store(const QList<RemoteMessage> &messages);
    /// The Mastodon account on which people can be answered.
    [[nodiscard]] ChannelRecord account() const;
    void open(MainWindow::Options options = {});

    TestClock m_clock;
    QTemporaryDir m_folder;
    QString m_path;
    SampleWorld *m_networks = nullptr;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<MainWindow> m_window;
    int m_written = 0;
};

} // namespace Earshot
