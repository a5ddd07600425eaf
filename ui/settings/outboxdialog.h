// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/sincewritten.h"
#include "workspace/writtenreply.h"

#include <QDialog>

#include <functional>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QStackedWidget;

namespace Earshot {

class ChoiceBar;
class OutboxDetail;
class PlainLabel;
class Roster;
class RosterWait;
class StatePage;

/// "Outbox and trouble": every reply or deed not yet done on its network, what the server of a shared workspace has not
/// answered yet or refused, why, and what can be done; one's own words beside what is there now. Deletes itself.
class OutboxDialog final : public QDialog
{
    Q_OBJECT

public:
    OutboxDialog(Desk &desk, const Roster &roster, QWidget *parent = nullptr);

Q_SIGNALS:
    void conversationAsked(Earshot::ConversationId id);
    /// What was typed is to be written on; when it is in the composer, the entry is done with.
    void editAsked(const Earshot::WrittenReply &written, qint64 entry);
    /// This reply was called back to be written on.
    void takenBack(Earshot::ConversationId conversation, Earshot::DeliveryId delivery);

private:
    struct Line
    {
        qint64 key; ///< as chosen()
        QString text;
        bool isTrouble;
    };
    struct Offer
    {
        QPushButton *button;
        bool isShown;
        bool isEnabled;
    };

    void build();
    void connectButtons();
    void fill();
    [[nodiscard]] QList<Line> lines() const;
    [[nodiscard]] QList<Line> waitingLines() const;
    static void showIn(QListWidgetItem *item, const Line &line);
    void count();
    /// A delivery, an entry as its negative; 0 = none is chosen.
    [[nodiscard]] qint64 chosen() const;
    void showChosen();
    void showDelivery(const DeliveryRecord &delivery);
    void offer(const QList<Offer> &offers);
    void perform(ActionArguments arguments, bool force, const std::function<void(const Outcome &)> &then = {});
    void retry();
    void edit();
    [[nodiscard]] const DeliveryRecord *current() const;
    [[nodiscard]] std::optional<WaitingAction> currentWaiting() const;
    void showWaiting(const WaitingAction &one);
    void settleFirst(const WaitingAction &one, const std::function<void()> &then);
    void editWaiting(const WaitingAction &one);
    void doAnyway();
    void discard();
    void discard(qint64 entry);
    [[nodiscard]] QString describe(const DeliveryRecord &delivery) const;
    void tell(const QList<Outcome> &outcomes);
    /// What became of what was pressed. It stays, whatever the lines do, until a person chooses or presses something.
    void say(const QString &sentence);
    void hush();
    /// As long as the server is asked for it.
    void sayTakingBack(DeliveryId delivery);
    void endTakingBack();

    /// Reads what is there beside the chosen one.
    void look();
    void take(qint64 key, const SinceWritten &since);
    [[nodiscard]] Action written() const;
    /// Nothing is sent before what came since was on screen when it was asked for.
    /// @return whether that is asked now; `then` runs when a person says so
    [[nodiscard]] bool asksAboutNews(const std::function<void()> &then);
    void wait();
    void disableDeeds();

    Desk &m_desk;
    const Roster &m_roster;
    QStackedWidget *m_stack;
    QListWidget *m_list;
    PlainLabel *m_more;     ///< how many are not in the list
    PlainLabel *m_arriving; ///< how many are done and not here
    QLabel *m_why;
    OutboxDetail *m_detail;
    ChoiceBar *m_ask;
    ChoiceBar *m_told;
    DeliveryId m_takenBack;      ///< that m_told speaks of
    bool m_isTakingBack = false; ///< and that it was seen to wait for the server
    QPushButton *m_open = nullptr;
    QPushButton *m_retry = nullptr;
    QPushButton *m_arrived = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_anyway = nullptr;
    QPushButton *m_discard = nullptr;
    qint64 m_shown = 0; ///< whose words are on screen, as chosen()
    QString m_state;    ///< and what had become of it
    SinceWritten m_since;
    bool m_isRead = false; ///< m_since is of what is shown
    Seq m_seen = 0;        ///< what was there when it was chosen, or was asked about
    StatePage *m_empty;
    RosterWait *m_wait;
    bool m_isBegun = false; ///< it is known what there is
};

} // namespace Earshot
