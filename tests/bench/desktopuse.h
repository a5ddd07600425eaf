// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "figures.h"
#include "processuse.h"
#include "ui/window/mainwindow.h"
#include "watchdog.h"

#include <QRandomGenerator>

#include <functional>

class QTableView;

namespace Earshot {

class ConversationPane;
class InboxPane;
class SearchPane;

/// Uses a window as a person does, by its commands and keys, and prints how long things take until they are on screen
/// and how long the GUI thread did not listen meanwhile. Waits in event loops of its own, which the program itself
/// never does. Lives on the GUI thread for one run.
class DesktopUse final : public QObject
{
public:
    DesktopUse(MainWindow &window, Desk &desk);
    void run(int seconds);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void settle();
    bool await(const std::function<bool()> &isDone);
    /// Milliseconds from `act` until `isThere` and `widget` was painted after that; negative when it did not come.
    double timeToEye(const QWidget *widget, const std::function<void()> &act, const std::function<bool()> &isThere);
    void report(const QString &kind, const Figures &toEye, double budget);
    void press(QWidget *widget, int key, const QString &text = {});
    template <class T>
    T read(const std::function<Result<T>(Database &)> &work)
    {
        return m_desk.workspace().readNow<T>(work).value_or(T());
    }
    [[nodiscard]] QStringList words();

    double showView(int row);
    double nextConversation();
    double openConversation(ConversationId id);
    double act(const QString &command, const std::function<bool()> &isThere);
    double type(const QString &text);
    void leaveSearch();
    void chooseUnassigned();

    void switchViews();
    void openConversations();
    void openLongest();
    void scrollList();
    void scrollLongest();
    void search();
    void applyActions();
    void receive();
    void actOnMany();
    void useAtRandom(int seconds);

    MainWindow &m_window;
    Desk &m_desk;
    InboxPane &m_inbox;
    ConversationPane &m_conversation;
    SearchPane &m_search;
    QTableView &m_list;
    QWidget &m_views;
    QRandomGenerator m_random{20'261'126};
    const QWidget *m_watched = nullptr;
    std::function<bool()> m_isThere;
    bool m_isSeen = false; ///< what is waited for was painted
    Watchdog m_watchdog;
};

} // namespace Earshot
