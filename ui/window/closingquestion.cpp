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
#include <utility>

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

/// Who closes the window wants to go: after so long it is asked whether that is still so.
constexpr int patience = 2000; // ms

QPushButton *addTo(QMessageBox &question, const QString &text, QMessageBox::ButtonRole role, const char *name)
{
    QPushButton *button = question.addButton(text, role);
    button->setObjectName(QString::fromLatin1(name));
    return button;
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
    m_slow.setSingleShot(true);
    m_slow.setInterval(patience);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        if (m_isToQuit)
            askWhetherToWait();
    });
}

bool ClosingQuestion::isNeeded(bool isSender) const
{
    const QList<DeliveryRecord> &outbox = m_roster.outbox();
    return isReplyWaiting() || (isSender && std::any_of(outbox.cbegin(), outbox.cend(), &isWaiting));
}

QMessageBox *ClosingQuestion::makeQuestion(const QString &text, const QString &information)
{
    auto *question = new QMessageBox(QMessageBox::Question, tr("Close Earshot"), {}, QMessageBox::NoButton, m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setText(text);
    question->setInformativeText(information);
    return question;
}

void ClosingQuestion::ask()
{
    if (isReplyWaiting()) {
        m_message.show(MessageBar::Kind::trouble, Composer::whyNotClosedYet());
        return;
    }
    if (m_isToQuit) {
        askWhetherToWait();
        return;
    }
    const QList<DeliveryRecord> &outbox = m_roster.outbox();
    const auto waiting = std::count_if(outbox.cbegin(), outbox.cend(), &isWaiting);
    auto *question = makeQuestion(tr("%Ln reply(s) or action(s) have not been sent yet.", nullptr, int(waiting)),
                                  tr("While Earshot is closed nothing is sent."));
    question->setObjectName(QStringLiteral("closeQuestion"));
    QPushButton *now = addTo(*question, tr("Send now and quit"), QMessageBox::AcceptRole, "closeSend");
    QPushButton *keep = addTo(*question, tr("Keep for the next start"), QMessageBox::DestructiveRole, "closeKeep");
    QPushButton *back = addTo(*question, tr("Back"), QMessageBox::RejectRole, "closeBack");
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
    m_isToQuit = true;
    m_slow.start();
    m_message.show(MessageBar::Kind::information, tr("Sending… Earshot quits when everything is sent."),
                   tr("Back to work"), [this] { stay(); });
    QSet<DeliveryId> known;
    for (const DeliveryRecord &delivery : m_roster.outbox()) {
        if (!isWaiting(delivery))
            known.insert(delivery.id);
    }
    using Left = Result<QList<DeliveryRecord>>;
    whenDone(m_channels.deliver(true), this, [this, known, run = ++m_run](const QList<ChannelReport> &) {
        auto reading = m_desk.workspace().read<QList<DeliveryRecord>>(&loadOutbox);
        whenDone(reading, this, [this, known, run](const Left &left) {
            onSent(run, left && std::all_of(left->cbegin(), left->cend(), [&known](const DeliveryRecord &delivery) {
                            return known.contains(delivery.id);
                        }));
        });
    });
}

void ClosingQuestion::askWhetherToWait()
{
    if (m_whetherToWait && m_whetherToWait->isVisible())
        return;
    m_slow.stop();
    m_whetherToWait = makeQuestion(
        tr("It is still being sent."),
        tr("Earshot quits by itself when everything is sent. What is left when you quit now goes out after the next "
           "start; of what is under way just then it may not be known whether it arrived."));
    m_whetherToWait->setObjectName(QStringLiteral("closeWhetherToWait"));
    QPushButton *wait = addTo(*m_whetherToWait, tr("Keep waiting"), QMessageBox::AcceptRole, "closeWait");
    QPushButton *anyway = addTo(*m_whetherToWait, tr("Quit anyway"), QMessageBox::DestructiveRole, "closeAnyway");
    QPushButton *work = addTo(*m_whetherToWait, tr("Back to work"), QMessageBox::RejectRole, "closeWork");
    m_whetherToWait->setDefaultButton(wait);
    m_whetherToWait->setEscapeButton(wait);
    connect(m_whetherToWait, &QMessageBox::buttonClicked, this, [this, anyway, work](const QAbstractButton *clicked) {
        if (clicked == anyway)
            Q_EMIT answered();
        else if (clicked == work)
            stay();
    });
    m_whetherToWait->open();
}

void ClosingQuestion::stay()
{
    m_isToQuit = false;
    m_message.show(MessageBar::Kind::information, tr("Sending goes on, and Earshot stays open."));
}

void ClosingQuestion::onSent(int run, bool isAllSent)
{
    if (run != m_run)
        return;
    const bool isToQuit = std::exchange(m_isToQuit, false);
    m_slow.stop();
    if (m_whetherToWait)
        m_whetherToWait->close();
    if (isAllSent && isToQuit)
        Q_EMIT answered();
    else if (isAllSent)
        m_message.show(MessageBar::Kind::information, tr("Everything is sent."));
    else
        m_message.show(MessageBar::Kind::trouble, tr("Not everything could be sent."), tr("Show"),
                       [this] { Q_EMIT outboxAsked(); });
}

} // namespace Earshot
