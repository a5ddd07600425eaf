// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/signinpanel.h"

#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"

#include <QDesktopServices>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace Earshot {

SignInPanel::SignInPanel(ChannelService &channels, QWidget *parent)
    : QWidget(parent)
    , m_channels(channels)
    , m_form(new QFormLayout)
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_browser(new QPushButton(this))
    , m_page(new QLineEdit(this))
    , m_state(new PlainLabel(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_user->setObjectName(QStringLiteral("signInUser"));
    m_user->setAccessibleName(tr("User name"));
    m_password->setObjectName(QStringLiteral("signInPassword"));
    m_password->setEchoMode(QLineEdit::Password);
    m_browser->setObjectName(QStringLiteral("signInBrowser"));
    m_browser->setIcon(Icons::icon(QStringLiteral("external")));
    m_page->setObjectName(QStringLiteral("signInPage"));
    m_page->setAccessibleName(tr("Address to open in a browser"));
    m_page->setReadOnly(true);
    m_state->setWrapping(true);
    m_form->addRow(tr("Page"), m_page);
    m_form->addRow(tr("User name"), m_user);
    m_form->addRow(tr("Application password"), m_password);
    setTabOrder(m_browser, m_page);
    setTabOrder(m_page, m_user);
    setTabOrder(m_user, m_password);
    // Not in the form: one with a wrapped text in it gives buttons no height when the text comes later.
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_browser);
    column->addLayout(m_form);
    column->addWidget(m_state);
    connect(m_user, &QLineEdit::textChanged, this, &SignInPanel::changed);
    connect(m_password, &QLineEdit::textChanged, this, &SignInPanel::changed);
    connect(m_user, &QLineEdit::editingFinished, this, &SignInPanel::settle);
    connect(m_password, &QLineEdit::editingFinished, this, &SignInPanel::settle);
    connect(m_browser, &QPushButton::clicked, this, &SignInPanel::signIn);
    connect(&m_channels, &ChannelService::signInPageReady, this, &SignInPanel::onPageReady);
    show(Finding());
}

SignInPanel::~SignInPanel()
{
    if (m_isSigningIn)
        m_channels.cancelSignIn();
}

void SignInPanel::show(const Finding &finding)
{
    clear();
    m_finding = finding;
    m_form->setRowVisible(m_user, finding.needsUser);
    m_form->setRowVisible(m_password, finding.needsPassword || finding.needsSignIn);
    m_browser->setVisible(finding.needsSignIn);
    m_form->setRowVisible(m_page, false);
    auto *label = qobject_cast<QLabel *>(m_form->labelForField(m_password));
    const QString name = !finding.needsPassword ? tr("Or an access token")
                         : finding.needsSignIn  ? tr("Or an application password")
                                                : tr("Application password");
    label->setText(name);
    m_password->setAccessibleName(name);
    m_state->setVisible(finding.needsPassword);
    QString hint;
    if (finding.needsPassword && finding.network == Network::bluesky)
        hint =
            tr("Not the password of the account: an app password, made there under Settings, Privacy and security. It "
               "is kept in the system keychain.");
    else if (finding.needsPassword)
        hint = tr("Not the password of the account: an application password, made on the site under Users, Profile. It "
                  "is kept in the system keychain.");
    say(hint);
}

void SignInPanel::stopWaiting()
{
    if (m_isSigningIn)
        m_channels.cancelSignIn();
    setSigningIn(false);
    m_form->setRowVisible(m_page, false);
}

void SignInPanel::clear()
{
    stopWaiting();
    m_fromBrowser = Secret();
    m_settled = Secret();
    m_user->clear();
    m_password->clear();
    m_page->clear();
    m_state->setText({});
}

QString SignInPanel::user() const
{
    return m_user->text().trimmed();
}

Secret SignInPanel::secret() const
{
    return m_password->text().isEmpty() ? m_fromBrowser : Secret(m_password->text().trimmed().toUtf8());
}

bool SignInPanel::isComplete() const
{
    // Who signed in by browser is known.
    return (!m_finding.needsUser || !user().isEmpty() || !m_fromBrowser.isEmpty()) &&
           ((!m_finding.needsPassword && !m_finding.needsSignIn) || !secret().isEmpty());
}

void SignInPanel::say(const QString &text)
{
    m_state->setText(text);
    keepRoom();
}

void SignInPanel::keepRoom()
{
    // A form gives a wrapped label one line; it needs what its text takes at this width.
    const int width = std::max(contentsRect().width(), fontMetrics().averageCharWidth() * 40);
    m_state->setMinimumHeight(m_state->text().isEmpty() ? 0 : m_state->heightForWidth(width));
}

void SignInPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    keepRoom();
}

void SignInPanel::setSigningIn(bool isSigningIn)
{
    m_isSigningIn = isSigningIn;
    m_browser->setText(isSigningIn ? tr("Stop waiting") : tr("Sign in with the browser"));
    m_browser->setAccessibleName(m_browser->text());
}

void SignInPanel::signIn()
{
    if (m_isSigningIn) {
        m_channels.cancelSignIn();
        return;
    }
    setSigningIn(true);
    m_state->show();
    say(tr("Preparing the page…"));
    whenDone(m_channels.signIn(m_finding), this, [this](const Result<Secret> &secret) {
        setSigningIn(false);
        m_form->setRowVisible(m_page, false);
        if (secret)
            m_fromBrowser = *secret;
        if (secret) {
            say(tr("Signed in."));
        } else {
            m_state->setTrouble(ErrorText::ofAttempt(secret.error()));
            keepRoom();
        }
        Q_EMIT changed();
        settle();
    });
}

void SignInPanel::settle()
{
    const Secret now = secret();
    const bool isKnown = m_settled.reveal() == now.reveal() && m_settledUser == user();
    if (!isComplete() || now.isEmpty() || isKnown)
        return;
    m_settledUser = user();
    m_settled = now;
    Q_EMIT settled();
}

void SignInPanel::onPageReady(const QUrl &page)
{
    if (!m_isSigningIn)
        return;
    m_page->setText(page.toString(QUrl::FullyEncoded));
    m_page->setCursorPosition(0);
    m_form->setRowVisible(m_page, true);
    const bool isOpened = QDesktopServices::openUrl(page);
    say(isOpened ? tr("Allow Earshot in the browser; this goes on by itself.")
                 : tr("No browser could be opened. Open the page above yourself; this goes on by itself."));
}

} // namespace Earshot
