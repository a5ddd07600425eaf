// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/viewdialog.h"

#include "ui/inbox/waitingfield.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace Earshot {

namespace {

constexpr int mostCounted = 1000;
constexpr std::array statuses{Status::open, Status::pending, Status::snoozed, Status::resolved};

void addChoice(QListWidget *list, const QString &text, const QString &icon, qint64 id, bool isChosen)
{
    auto *item = new QListWidgetItem(Icons::icon(icon), text, list);
    item->setData(Qt::UserRole, id);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
}

template <class AnId>
QList<AnId> chosen(const QListWidget *list)
{
    QList<AnId> ids;
    for (int row = 0; row < list->count(); ++row) {
        if (list->item(row)->checkState() == Qt::Checked)
            ids.append(AnId(list->item(row)->data(Qt::UserRole).toLongLong()));
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

} // namespace

ViewDialog::ViewDialog(Desk &desk, const Roster &roster, const ViewRecord &view, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_view(view)
    , m_name(new QLineEdit(view.content.name, this))
    , m_search(new QLineEdit(view.content.search, this))
    , m_shared(new QCheckBox(tr("&Everybody has this view"), this))
    , m_said(new PlainLabel(this))
{
    setObjectName(QStringLiteral("viewDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(view.uuid.isEmpty() ? tr("New view") : tr("Edit view"));
    auto *column = new QVBoxLayout(this);
    auto *form = new QFormLayout;
    column->addLayout(form);
    m_name->setObjectName(QStringLiteral("viewName"));
    m_name->setMaxLength(60);
    form->addRow(tr("&Name"), m_name);
    m_search->setObjectName(QStringLiteral("viewSearch"));
    m_search->setMaxLength(500);
    const bool isSearch = !view.content.search.isEmpty();
    m_search->setVisible(isSearch);
    if (isSearch)
        form->addRow(tr("&Search for"), m_search);
    else
        buildFilter(*column);
    m_shared->setObjectName(QStringLiteral("viewShared"));
    m_shared->setChecked(view.isShared());
    // What everybody has stays everybody's; a lead may give one's own view to all.
    m_shared->setEnabled(roster.isLead() && !view.isShared());
    if (!roster.isLead())
        m_shared->setText(tr("Everybody has this view (a lead can make such views)"));
    column->addWidget(m_shared);
    setTabOrder(isSearch ? static_cast<QWidget *>(m_search) : m_grouped, m_shared);
    m_said->setObjectName(QStringLiteral("viewSaid"));
    m_said->setMinimumHeight(fontMetrics().height());
    column->addWidget(m_said);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setObjectName(QStringLiteral("viewSave"));
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        m_save->setEnabled(false);
        Q_EMIT saved(content(), m_shared->isChecked());
    });
    connect(m_name, &QLineEdit::textChanged, this, &ViewDialog::onEdited);
    connect(m_search, &QLineEdit::textChanged, this, &ViewDialog::onEdited);
    m_countSoon.setSingleShot(true);
    m_countSoon.setInterval(150);
    connect(&m_countSoon, &QTimer::timeout, this, &ViewDialog::countNow);
    onEdited();
    m_name->setFocus();
}

QListWidget *ViewDialog::addList(QBoxLayout &row, const QString &title, const char *name)
{
    auto *column = new QVBoxLayout;
    auto *label = new QLabel(title, this);
    auto *list = new QListWidget(this);
    list->setObjectName(QString::fromLatin1(name));
    list->setAccessibleName(title);
    list->setMinimumHeight(fontMetrics().height() * 6);
    list->setIconSize(QSize(16, 16));
    label->setBuddy(list);
    column->addWidget(label);
    column->addWidget(list);
    row.addLayout(column);
    connect(list, &QListWidget::itemChanged, this, &ViewDialog::onEdited);
    return list;
}

void ViewDialog::addLists(QBoxLayout &column)
{
    auto *lists = new QHBoxLayout;
    m_channels = addList(*lists, tr("On one of these &channels"), "viewChannels");
    m_tags = addList(*lists, tr("With all of these &tags"), "viewTags");
    m_withoutTags = addList(*lists, tr("&Without these tags"), "viewWithoutTags");
    column.addLayout(lists, 1);
}

QCheckBox *ViewDialog::addCheck(const QString &text, const QString &name)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(name);
    connect(box, &QCheckBox::toggled, this, &ViewDialog::onEdited);
    return box;
}

/// Those of which there are channels, or that the view names.
void ViewDialog::addNetworks(QFormLayout &form)
{
    QList<Network> networks = m_view.content.filter.networks;
    for (const ChannelRecord &channel : m_roster.channels()) {
        if (!networks.contains(channel.network))
            networks.append(channel.network);
    }
    if (networks.isEmpty())
        return;
    std::sort(networks.begin(), networks.end(),
              [](Network one, Network other) { return Wording::of(one).localeAwareCompare(Wording::of(other)) < 0; });
    auto *row = new QHBoxLayout;
    for (const Network network : std::as_const(networks)) {
        auto *box = addCheck(Wording::of(network), QStringLiteral("viewNetwork_") + word(network));
        m_networks.append({network, box});
        row->addWidget(box);
    }
    row->addStretch(1);
    form.addRow(tr("Network"), row);
}

void ViewDialog::buildFilter(QBoxLayout &column)
{
    const auto combo = [this](const QString &name, const char *objectName) {
        auto *box = new QComboBox(this);
        box->setObjectName(QString::fromLatin1(objectName));
        box->setAccessibleName(name);
        connect(box, &QComboBox::currentIndexChanged, this, &ViewDialog::onEdited);
        return box;
    };
    auto *states = new QHBoxLayout;
    for (const Status status : statuses) {
        m_statuses.append(addCheck(Wording::of(status), QStringLiteral("viewStatus_") + word(status)));
        states->addWidget(m_statuses.constLast());
    }
    states->addStretch(1);
    auto *form = new QFormLayout;
    form->addRow(tr("State"), states);
    addNetworks(*form);
    m_owner = combo(tr("Assigned to"), "viewOwner");
    form->addRow(tr("&Assigned to"), m_owner);
    m_priority = combo(tr("Priority at least"), "viewPriority");
    form->addRow(tr("&Priority at least"), m_priority);
    m_waits = new WaitingField(this);
    connect(m_waits, &WaitingField::valueChanged, this, &ViewDialog::onEdited);
    form->addRow(tr("Waiting time"), m_waits);
    m_order = combo(tr("Order of the list"), "viewOrder");
    form->addRow(tr("&Order"), m_order);
    column.addLayout(form);
    addLists(column);
    m_needsAnswer = addCheck(tr("Needs an ans&wer"), QStringLiteral("viewNeedsAnswer"));
    m_private = addCheck(tr("P&rivate"), QStringLiteral("viewPrivate"));
    m_trouble = addCheck(tr("&Delivery trouble"), QStringLiteral("viewTrouble"));
    m_grouped = addCheck(tr("&Group by thread"), QStringLiteral("viewGrouped"));
    auto *more = new QHBoxLayout;
    for (QCheckBox *box : {m_needsAnswer, m_private, m_trouble, m_grouped})
        more->addWidget(box);
    more->addStretch(1);
    column.addLayout(more);
    fill();
}

void ViewDialog::fill()
{
    using Owner = ViewFilter::Owner;
    const ViewFilter &filter = m_view.content.filter;
    for (size_t i = 0; i < statuses.size(); ++i)
        m_statuses.at(qsizetype(i))->setChecked(filter.statuses.contains(statuses[i]));
    m_owner->addItem(tr("Anyone or nobody"), int(Owner::anyone));
    m_owner->addItem(tr("Whoever looks"), int(Owner::me));
    m_owner->addItem(tr("Nobody"), int(Owner::nobody));
    for (const AgentRecord &agent : m_roster.agents()) {
        m_owner->addItem(agent.name, int(Owner::agent));
        m_owner->setItemData(m_owner->count() - 1, agent.id.value, Qt::UserRole + 1);
        if (filter.owner == Owner::agent && filter.agent == agent.id)
            m_owner->setCurrentIndex(m_owner->count() - 1);
    }
    if (filter.owner != Owner::agent)
        m_owner->setCurrentIndex(m_owner->findData(int(filter.owner)));
    for (const auto &[network, box] : std::as_const(m_networks))
        box->setChecked(filter.networks.contains(network));
    m_waits->setValue(filter.waitsLonger);
    for (const Priority priority : {Priority::low, Priority::normal, Priority::high, Priority::urgent})
        m_priority->addItem(Wording::of(priority), int(priority));
    m_priority->setCurrentIndex(int(filter.least));
    m_order->addItem(tr("Newest first"), int(ListOrder::newest));
    m_order->addItem(tr("Longest waiting first"), int(ListOrder::longestWaiting));
    m_order->addItem(tr("Highest priority first"), int(ListOrder::priority));
    m_order->addItem(tr("Widest reach first"), int(ListOrder::reach));
    m_order->setCurrentIndex(int(m_view.content.order));
    for (const ChannelRecord &channel : m_roster.channels())
        addChoice(m_channels, channel.name.isEmpty() ? channel.address : channel.name,
                  Icons::ofNetwork(channel.network), channel.id.value, filter.channels.contains(channel.id));
    for (const TagRecord &tag : m_roster.tags()) {
        addChoice(m_tags, tag.name, QStringLiteral("tag"), tag.id.value, filter.tags.contains(tag.id));
        addChoice(m_withoutTags, tag.name, QStringLiteral("tag"), tag.id.value, filter.withoutTags.contains(tag.id));
    }
    m_needsAnswer->setChecked(filter.needsAnswer);
    m_private->setChecked(filter.isPrivate);
    m_trouble->setChecked(filter.hasTrouble);
    m_grouped->setChecked(m_view.content.isGrouped);
}

ViewContent ViewDialog::content() const
{
    ViewContent view;
    view.name = m_name->text();
    if (!m_owner) {
        view.search = m_search->text();
        return view;
    }
    ViewFilter &filter = view.filter;
    for (size_t i = 0; i < statuses.size(); ++i) {
        if (m_statuses.at(qsizetype(i))->isChecked())
            filter.statuses.append(statuses[i]);
    }
    filter.owner = ViewFilter::Owner(m_owner->currentData().toInt());
    filter.agent = AgentId(m_owner->currentData(Qt::UserRole + 1).toLongLong());
    for (const auto &[network, box] : m_networks) {
        if (box->isChecked())
            filter.networks.append(network);
    }
    filter.waitsLonger = m_waits->value();
    filter.channels = chosen<ChannelId>(m_channels);
    filter.tags = chosen<TagId>(m_tags);
    filter.withoutTags = chosen<TagId>(m_withoutTags);
    filter.least = Priority(m_priority->currentData().toInt());
    filter.needsAnswer = m_needsAnswer->isChecked();
    filter.isPrivate = m_private->isChecked();
    filter.hasTrouble = m_trouble->isChecked();
    view.order = ListOrder(m_order->currentData().toInt());
    view.isGrouped = m_grouped->isChecked();
    return view;
}

void ViewDialog::onEdited()
{
    if (!m_save)
        return; // still being built
    ViewContent view = content();
    const bool isNamed = !view.name.trimmed().isEmpty();
    const bool isSearching = m_owner || !view.search.trimmed().isEmpty();
    QString problem = tidyView(view);
    if (!isNamed)
        m_said->setText(tr("Give it a name."));
    else if (!isSearching)
        m_said->setText(tr("Write what to search for."));
    else if (!problem.isEmpty())
        m_said->setText(tr("No conversation can have a tag and not have it."));
    else
        m_said->setText({});
    m_save->setEnabled(isNamed && isSearching && problem.isEmpty());
    if (m_order) {
        // A list with history is only ever read from its newest end.
        m_order->setEnabled(view.filter.isOfWork());
        m_grouped->setEnabled(view.filter.isOfWork());
    }
    ++m_asked;
    if (m_owner && m_save->isEnabled())
        m_countSoon.start();
}

void ViewDialog::countNow()
{
    ListQuery query;
    query.view = View::custom;
    query.filter = content().filter;
    query.me = m_desk.me();
    query.now = m_desk.workspace().clock().now();
    query.limit = mostCounted + 1;
    auto future = m_desk.workspace().read<qint64>([query](Database &database) -> Result<qint64> {
        const auto entries = listConversations(database, query);
        return entries ? Result<qint64>(entries->size()) : tl::unexpected(entries.error());
    });
    whenDone(future, this, [this, asked = m_asked](const Result<qint64> &count) {
        if (asked != m_asked || !count)
            return;
        m_said->setText(*count > mostCounted ? tr("More than %1 conversations now").arg(QLocale().toString(mostCounted))
                                             : tr("%Ln conversation(s) now", nullptr, int(*count)));
    });
}

void ViewDialog::finish(const QString &problem)
{
    if (problem.isEmpty()) {
        accept();
        return;
    }
    // A count that is on its way would replace the sentence.
    m_countSoon.stop();
    ++m_asked;
    m_said->setText(problem);
    m_save->setEnabled(true);
    m_name->setFocus();
}

} // namespace Earshot
