// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/closingquestion.h"

#include "desk/channelservice.h"
#include "desk/desk.h"
#include "ui/composer/composer.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSet>

#include <algorithm>
#include <functional>

namespace Earshot {

namespace {

/// In any window: all go with the one that asks.
bool isReplyWaiting()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    return std::any_of(windows.cbegin(), windows.cend(), [](const QWidget *window) {
        const auto composers = window->findChildren<Composer *>();
        return std::any_of(composers.cbegin(), composers.cend(), std::mem_fn(&Composer::isWaiting));
    });
}

bool isWaiting(const DeliveryRecord &delivery)
{
    return delivery.state == DeliveryState::held || delivery.state == DeliveryState::queued ||
           delivery.state == DeliveryState::sending;
}

} // namespace

ClosingQuestion::ClosingQuestion(Desk &desk, ChannelService &channels, const Roster &roster, MessageBar &message,
                                 QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_channels(channels)
    , m_roster(roster)
    , m_message(message)
    , m_window(window)
{
}

bool ClosingQuestion::isNeeded(bool isSender) const
{
    const QList<DeliveryRecord> &outbox = m_roster.outbox();
    return isReplyWaiting() || (isSender && std::any_of(outbox.cbegin(), outbox.cend(), &isWaiting));
}

void ClosingQuestion::ask()
{
    if (isReplyWaiting()) {
        m_message.show(MessageBar::Kind::trouble, Composer::whyNotClosedYet());
        return;
    }
    const QList<DeliveryRecord> &outbox = m_roster.outbox();
    const auto waiting = std::count_if(outbox.cbegin(), outbox.cend(), &isWaiting);
    auto *question = new QMessageBox(QMessageBox::Question, tr("Close Earshot"), {}, QMessageBox::NoButton, m_window);
    question->setObjectName(QStringLiteral("closeQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setText(tr("%Ln reply(s) or deed(s) have not been sent yet.", nullptr, int(waiting)));
    question->setInformativeText(tr("While Earshot is closed nothing is sent."));
    QPushButton *now = question->addButton(tr("Send now and quit"), QMessageBox::AcceptRole);
    QPushButton *keep = question->addButton(tr("Keep for the next start"), QMessageBox::DestructiveRole);
    QPushButton *back = question->addButton(tr("Back"), QMessageBox::RejectRole);
    now->setObjectName(QStringLiteral("closeSend"));
    keep->setObjectName(QStringLiteral("closeKeep"));
    back->setObjectName(QStringLiteral("closeBack"));
    question->setDefaultButton(now);
    question->setEscapeButton(back);
    connect(question, &QMessageBox::buttonClicked, this, [this, now, keep](const QAbstractButton *clicked) {
        if (clicked == keep)
            Q_EMIT answered();
        else if (clicked == now)
            sendAll();
    });
    question->open();
}

/// What was in trouble before stays in it, and keeps nobody here.
void ClosingQuestion::sendAll()
{
    m_message.show(MessageBar::Kind::information, tr("Sending…"));
    QSet<DeliveryId> known;
    for (const DeliveryRecord &delivery : m_roster.outbox()) {
        if (!isWaiting(delivery))
            known.insert(delivery.id);
    }
    using Left = Result<QList<DeliveryRecord>>;
    whenDone(m_channels.deliver(true), this, [this, known](const QList<ChannelReport> &) {
        whenDone(m_desk.workspace().read<QList<DeliveryRecord>>(&loadOutbox), this, [this, known](const Left &left) {
            onSent(left && std::all_of(left->cbegin(), left->cend(), [&known](const DeliveryRecord &delivery) {
                       return known.contains(delivery.id);
                   }));
        });
    });
}

void ClosingQuestion::onSent(bool isAllSent)
{
    if (isAllSent)
        Q_EMIT answered();
    else
        m_message.show(MessageBar::Kind::trouble, tr("Not everything could be sent."), tr("Show"),
                       [this] { Q_EMIT outboxAsked(); });
}

} // namespace Earshot
