// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/connectdialog.h"

#include "ui/settings/findingwords.h"
#include "ui/settings/givenupconnections.h"
#include "ui/settings/latestitems.h"
#include "ui/settings/signinpanel.h"
#include "ui/settings/worksince.h"
#include "ui/shell/errortext.h"
#include "ui/shell/formlabels.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Earshot {

namespace {

enum Page { address, found, details };

/// What was asked for may have been done: only its answer did not come. The next start looks.
bool mayBeThere(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::transient:
    case ErrorKind::unsure:
    case ErrorKind::malformed:
    case ErrorKind::tryAgain:
    case ErrorKind::io:
    case ErrorKind::cancelled:
    case ErrorKind::unknown:
        return true;
    default:
        return false;
    }
}

} // namespace

ConnectDialog::ConnectDialog(Desk &desk, ChannelService &channels, const QList<ChannelRecord> &connected,
                             QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_channels(channels)
    , m_clock(desk.workspace().clock())
    , m_connected(connected)
    , m_pages(new QStackedWidget(this))
    , m_address(new QLineEdit(this))
    , m_found(new QListWidget(this))
    , m_foundFor(new PlainLabel(this))
    , m_question(new PlainLabel(this))
    , m_what(new PlainLabel(this))
    , m_name(new QLineEdit(this))
    , m_signIn(new SignInPanel(channels, this))
    , m_days(new QSpinBox(this))
    , m_work(new WorkSince(m_clock.now(), this))
    , m_latest(new LatestItems(channels, m_clock, this))
    , m_state(new PlainLabel(this))
{
    setObjectName(QStringLiteral("connectDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Connect a channel"));
    m_pages->addWidget(addressPage());
    m_pages->addWidget(foundPage());
    m_pages->addWidget(detailsPage());
    m_state->setWrapping(true);
    m_state->setObjectName(QStringLiteral("connectState"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_back = buttons->addButton(tr("Back"), QDialogButtonBox::ActionRole);
    m_next = buttons->addButton(tr("Find"), QDialogButtonBox::ActionRole);
    m_back->setObjectName(QStringLiteral("connectBack"));
    m_next->setObjectName(QStringLiteral("connectNext"));
    m_next->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_pages, 1);
    column->addWidget(m_state);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_back, &QPushButton::clicked, this, &ConnectDialog::goBack);
    connect(m_next, &QPushButton::clicked, this, &ConnectDialog::goOn);
    connect(m_address, &QLineEdit::textChanged, this, &ConnectDialog::updateButtons);
    connect(m_found, &QListWidget::currentRowChanged, this, &ConnectDialog::updateButtons);
    connect(m_found, &QListWidget::itemDoubleClicked, this, &ConnectDialog::goOn);
    connect(m_signIn, &SignInPanel::changed, this, &ConnectDialog::updateButtons);
    connect(m_signIn, &SignInPanel::settled, this, &ConnectDialog::readLatest, Qt::QueuedConnection);
    connect(m_latest, &LatestItems::wanted, this, &ConnectDialog::readLatest);
    updateButtons();
    resize(fontMetrics().averageCharWidth() * 86, fontMetrics().height() * 38);
}

QWidget *ConnectDialog::addressPage()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    auto *title = new PlainLabel(tr("Paste an address"), page);
    title->setBold(true);
    auto *text = new PlainLabel(tr("A blog, a feed, an account (@name@host), a hashtag (#name@host), words to listen "
                                   "for (search:words@host). Earshot finds out what is there."),
                                page);
    text->setWrapping(true);
    text->setQuiet(true);
    m_address->setObjectName(QStringLiteral("connectAddress"));
    m_address->setAccessibleName(tr("Address"));
    m_address->setPlaceholderText(tr("blog.example.com or @acme@social.example"));
    m_address->setMaxLength(2000);
    column->addWidget(title);
    column->addWidget(text);
    column->addWidget(m_address);
    column->addStretch(1);
    return page;
}

QWidget *ConnectDialog::foundPage()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    m_foundFor->setBold(true);
    m_question->setObjectName(QStringLiteral("connectQuestion"));
    m_question->setWrapping(true);
    m_found->setObjectName(QStringLiteral("connectFound"));
    m_found->setIconSize({20, 20});
    m_found->setSpacing(2);
    m_found->setWordWrap(true);
    m_found->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_foundFor);
    column->addWidget(m_question);
    column->addWidget(m_found, 1);
    return page;
}

QWidget *ConnectDialog::detailsPage()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    m_what->setBold(true);
    m_name->setObjectName(QStringLiteral("connectName"));
    m_name->setAccessibleName(tr("Name of the channel"));
    m_name->setMaxLength(200);
    m_days->setObjectName(QStringLiteral("connectDays"));
    m_days->setAccessibleName(tr("How far back"));
    m_days->setRange(0, 3650);
    m_days->setValue(30);
    m_days->setSuffix(tr(" days", "after a number"));
    m_form = new QFormLayout;
    m_form->addRow(tr("Name"), m_name);
    m_form->addRow(m_signIn);
    m_form->addRow(tr("How far back"), m_days);
    m_form->addRow(tr("Work"), m_work);
    column->addWidget(m_what);
    column->addLayout(m_form);
    column->addWidget(m_latest, 1);
    return page;
}

void ConnectDialog::goOn()
{
    if (m_isBusy)
        return;
    if (m_pages->currentIndex() == address)
        discover();
    else if (m_pages->currentIndex() == found)
        chooseFinding();
    else
        add();
}

void ConnectDialog::goBack()
{
    ++m_asked;
    m_latest->clear();
    m_signIn->stopWaiting();
    m_pages->setCurrentIndex(m_pages->currentIndex() - 1);
    if (m_pages->currentIndex() == address)
        m_address->setFocus();
    else
        m_found->setFocus();
    setTrouble({});
}

void ConnectDialog::discover()
{
    if (m_address->text().trimmed().isEmpty())
        return;
    setBusy(tr("Looking at what is there…"));
    whenDone(m_channels.discover(m_address->text().trimmed()), this,
             [this, asked = ++m_asked](const Result<QList<Finding>> &findings) {
                 if (asked != m_asked)
                     return;
                 if (!findings)
                     setTrouble(ErrorText::ofAttempt(findings.error()));
                 else if (findings->isEmpty())
                     setTrouble(tr("Nothing was found there that Earshot can read. Is the address complete?"));
                 else
                     showFindings(*findings);
             });
}

void ConnectDialog::showFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    m_found->clear();
    // Nobody is asked about what cannot be chosen.
    QList<Finding> open = m_findings;
    open.removeIf([this](const Finding &finding) { return !objection(finding).isEmpty(); });
    const FindingWords words(open);
    int best = -1;
    for (int i = 0; i < findings.size(); ++i) {
        const Finding &finding = findings.at(i);
        const QString against = objection(finding);
        if (against.isEmpty() && (best < 0 || finding.isBest))
            best = i;
        auto *item = new QListWidgetItem(Icons::icon(Icons::ofNetwork(finding.network)),
                                         against.isEmpty() ? words.of(finding) : words.of(finding, against), m_found);
        if (!against.isEmpty())
            item->setFlags(Qt::NoItemFlags);
    }
    m_foundFor->setText(tr("What we found at %1").arg(m_address->text().trimmed()));
    const QString question = words.question();
    m_question->setText(question);
    m_question->setVisible(!question.isEmpty());
    m_found->setAccessibleName(question.isEmpty() ? tr("What we found") : question);
    m_pages->setCurrentIndex(found);
    m_found->setCurrentRow(best);
    m_found->setFocus();
    setTrouble(best < 0 ? tr("All of it is connected already.") : QString());
}

/// Everything would arrive twice, and be answered twice.
QString ConnectDialog::objection(const Finding &finding) const
{
    for (const ChannelRecord &channel : m_connected) {
        const QString name = Wording::isolated(channel.name.isEmpty() ? channel.address : channel.name);
        if (channel.address == finding.address)
            return tr("Connected already as %1.").arg(name);
        const bool isTwin =
            std::any_of(m_findings.cbegin(), m_findings.cend(), [&channel, &finding](const Finding &other) {
                return other.address == channel.address && other.sameAs == finding.address;
            });
        if (isTwin || finding.sameAs == channel.address)
            return tr("%1 is connected and delivers the same.").arg(name);
    }
    return {};
}

void ConnectDialog::chooseFinding()
{
    const int row = m_found->currentRow();
    if (row < 0 || row >= m_findings.size() || !objection(m_findings.at(row)).isEmpty())
        return;
    const Finding &finding = m_findings.at(row);
    // Whoever went back finds the name that they gave it, and what they signed in with.
    if (finding != m_chosen) {
        m_name->setText(finding.name);
        m_signIn->show(finding);
    }
    m_chosen = finding;
    m_what->setText(tr("%1: %2").arg(Wording::of(m_chosen.network), m_chosen.address));
    m_signIn->setVisible(m_chosen.needsUser || m_chosen.needsPassword || m_chosen.needsSignIn);
    if (m_signIn->isHidden())
        alignLabels({m_form});
    else
        alignLabels({m_form, m_signIn->form()});
    m_pages->setCurrentIndex(details);
    m_name->setFocus();
    setTrouble({});
    m_latest->read(wish());
}

void ConnectDialog::readLatest()
{
    // Whoever went on to a button below has said what they want.
    const bool isHere = m_pages->currentIndex() == details && m_pages->isAncestorOf(focusWidget());
    if (isHere && !m_isAdding && m_signIn->isComplete())
        m_latest->read(wish());
}

NewChannel ConnectDialog::wish() const
{
    NewChannel channel;
    channel.finding = m_chosen;
    // Half of a sign-in would only be refused.
    if (m_signIn->isComplete()) {
        channel.user = m_signIn->user();
        channel.secret = m_signIn->secret();
    }
    return channel;
}

void ConnectDialog::add()
{
    NewChannel channel = wish();
    channel.name = m_name->text().trimmed();
    const Time now = m_clock.now();
    channel.horizon = now - std::chrono::hours(24) * m_days->value();
    channel.workSince = m_work->since(now, channel.horizon);
    channel.isHorizonAgo = true;
    channel.isWorkSinceAgo = !m_work->isDate();
    m_isAdding = true;
    setBusy(tr("Connecting… Cancel takes it back."));
    m_back->setEnabled(false);
    // Heard by the service: this dialog may be gone by then.
    whenDone(m_channels.addChannel(channel), &m_channels,
             [dialog = QPointer(this), &desk = m_desk, &service = m_channels, where = m_chosen.address,
              name = channel.name](const Result<ChannelId> &id) {
                 if (dialog && !dialog->m_isGivenUp)
                     dialog->onAdded(id, name);
                 else if (id)
                     takeBack(desk, service, *id, where, name);
                 else if (!mayBeThere(id.error().kind))
                     GivenUpConnections::of(desk).settle(where);
             });
}

void ConnectDialog::takeBack(Desk &desk, ChannelService &service, ChannelId id, const QString &where,
                             const QString &name)
{
    whenDone(service.removeChannel(id), &service, [&desk, where, name](const Done &done) {
        GivenUpConnections::of(desk).settle(where);
        if (!done)
            GivenUpConnections::tellItStays(name, ErrorText::of(done.error()), QApplication::activeWindow());
    });
}

void ConnectDialog::onAdded(const Result<ChannelId> &id, const QString &name)
{
    m_isAdding = false;
    m_back->setEnabled(true);
    if (!id) {
        setTrouble(id.error().kind == ErrorKind::duplicate ? tr("This is connected already.")
                                                           : ErrorText::ofAttempt(id.error()));
        return;
    }
    GivenUpConnections::of(m_desk).forget(m_chosen.address);
    Q_EMIT connected(*id, name);
    accept();
}

void ConnectDialog::reject()
{
    m_isGivenUp = true;
    if (m_isAdding)
        GivenUpConnections::of(m_desk).add(m_chosen.address, m_name->text().trimmed());
    QDialog::reject();
}

void ConnectDialog::setBusy(const QString &what)
{
    m_isBusy = true;
    m_state->setText(what);
    // Else the keyboard would go on to Cancel, and the next press with it.
    if (m_next->hasFocus())
        m_state->setFocus();
    updateButtons();
}

void ConnectDialog::setTrouble(const QString &text)
{
    m_isBusy = false;
    if (text.isEmpty())
        m_state->setText(text);
    else
        m_state->setTrouble(text);
    updateButtons();
    if (m_state->hasFocus())
        m_next->setFocus();
}

void ConnectDialog::updateButtons()
{
    const int page = m_pages->currentIndex();
    m_back->setVisible(page != address);
    m_next->setText(page == address ? tr("Find") : page == found ? tr("Next") : tr("Connect"));
    const bool isReady = page == address ? !m_address->text().trimmed().isEmpty()
                         : page == found ? m_found->currentRow() >= 0
                                         : m_signIn->isComplete();
    m_next->setEnabled(isReady && !m_isBusy);
    m_latest->setAsking(m_signIn->isComplete() && !m_isAdding, !m_signIn->isHidden());
}

} // namespace Earshot
