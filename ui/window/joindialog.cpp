// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/joindialog.h"

#include "ui/shell/announcing.h"
#include "ui/shell/plainlabel.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int wholeProgress = 1000;
/// A keychain that is open keeps at once: nothing is said then.
constexpr auto keepingGrace = std::chrono::milliseconds(400);

} // namespace

JoinDialog::JoinDialog(const QString &server, bool isAgain, QWidget *parent)
    : QDialog(parent)
    , m_address(new QLineEdit(server, this))
    , m_name(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_progress(new QProgressBar(this))
    , m_state(new PlainLabel(this))
    , m_join(new QPushButton(isAgain ? tr("Log in") : tr("Join"), this))
    , m_isAgain(isAgain)
{
    setObjectName(QStringLiteral("joinDialog"));
    setWindowTitle(isAgain ? tr("Log in") : tr("Join a shared workspace"));
    auto *text = new PlainLabel(
        isAgain ? tr("The server does not know this device (any more). Log in to work on; what is here stays.")
                : tr("A workspace that your team shares lives on a server. Here you keep a replica of what you may "
                     "see: it is read without waiting, and what you do is done for everybody."),
        this);
    text->setWrapping(true);
    text->setMinimumHeight(text->heightForWidth(fontMetrics().averageCharWidth() * 76));
    m_address->setObjectName(QStringLiteral("joinAddress"));
    m_address->setPlaceholderText(QStringLiteral("https://desk.example"));
    m_address->setEnabled(!isAgain);
    m_name->setObjectName(QStringLiteral("joinName"));
    m_name->setMaxLength(100);
    m_password->setObjectName(QStringLiteral("joinPassword"));
    m_password->setEchoMode(QLineEdit::Password);
    auto *form = new QFormLayout;
    form->addRow(tr("&Server"), m_address);
    form->addRow(tr("Your &name there"), m_name);
    form->addRow(tr("&Password, or a token"), m_password);
    m_progress->setObjectName(QStringLiteral("joinProgress"));
    m_progress->setAccessibleName(tr("How much of the workspace is here"));
    m_progress->setRange(0, wholeProgress);
    m_progress->setFormat(tr("%p%", "progress; %p is a number"));
    m_progress->hide();
    m_state->setObjectName(QStringLiteral("joinState"));
    m_state->setWrapping(true);
    m_state->hide();
    m_join->setObjectName(QStringLiteral("joinButton"));
    m_join->setDefault(true);
    auto *back = new QPushButton(tr("Back"), this);
    back->setObjectName(QStringLiteral("joinBack"));
    back->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(back);
    buttons->addWidget(m_join);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(10);
    column->addWidget(text);
    column->addLayout(form);
    column->addWidget(m_progress);
    column->addWidget(m_state);
    column->addStretch(1);
    column->addLayout(buttons);
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(keepingGrace);
    connect(&m_keeping, &QTimer::timeout, this, [this] {
        setBusy(true);
        m_state->setText(tr("Logged in. The keychain is to keep that, and may be asking for its own password."));
        announce(m_state, m_state->text());
    });
    for (QLineEdit *field : {m_address, m_name, m_password})
        connect(field, &QLineEdit::textChanged, this, &JoinDialog::check);
    connect(m_join, &QPushButton::clicked, this, &JoinDialog::join);
    connect(back, &QPushButton::clicked, this, &QDialog::reject);
    check();
    (server.isEmpty() ? m_address : m_name)->setFocus();
    resize(fontMetrics().averageCharWidth() * 84, sizeHint().height());
}

void JoinDialog::check()
{
    const bool isNamed = isToken() || !m_name->text().trimmed().isEmpty();
    m_name->setEnabled(!m_isBusy && !isToken());
    m_join->setEnabled(!m_isBusy && !m_address->text().trimmed().isEmpty() && isNamed && !m_password->text().isEmpty());
}

/// One that an admin made for this device (PROTOCOL.md): it says itself whose it is.
bool JoinDialog::isToken() const
{
    return m_password->text().trimmed().startsWith(QLatin1StringView("earshot_"));
}

void JoinDialog::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    // What is said below the form takes no room from it.
    QMetaObject::invokeMethod(
        this, [this] { resize(width(), std::max(height(), layout()->totalHeightForWidth(width()))); },
        Qt::QueuedConnection);
    m_address->setEnabled(!isBusy && !m_isAgain);
    m_password->setEnabled(!isBusy);
    check();
}

void JoinDialog::join()
{
    setBusy(true);
    m_state->setText(tr("Logging in…"));
    m_state->show();
    const QString secret = isToken() ? m_password->text().trimmed() : m_password->text();
    Q_EMIT joinAsked(m_address->text().trimmed(), isToken() ? QString() : m_name->text().trimmed(),
                     Secret(secret.toUtf8()));
}

void JoinDialog::showTrouble(const QString &sentence)
{
    m_keeping.stop();
    setBusy(false);
    m_progress->hide();
    m_state->setTrouble(sentence);
    m_password->selectAll();
    m_password->setFocus();
}

void JoinDialog::showWaiting(const QString &sentence)
{
    m_state->setTrouble(sentence);
    setBusy(true);
}

void JoinDialog::showKeeping(bool isAsked)
{
    if (isAsked)
        m_keeping.start();
    else
        m_keeping.stop();
}

void JoinDialog::hideEvent(QHideEvent *event)
{
    m_keeping.stop();
    QDialog::hideEvent(event);
}

void JoinDialog::showProgress(double share, const QString &trouble)
{
    m_keeping.stop();
    setBusy(true);
    m_password->clear();
    m_progress->setValue(qRound(share * wholeProgress));
    m_progress->show();
    if (!trouble.isEmpty()) {
        m_state->setTrouble(trouble);
        return;
    }
    m_state->setText(tr("The newest conversations arrive first; older ones follow while you work."));
    m_state->show();
}

} // namespace Earshot
