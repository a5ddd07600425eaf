// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/queries.h"

#include <QDialog>
#include <QTimer>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace Earshot {

class PlainLabel;
class Roster;
class WaitingField;

/// Builds a view: its name, what it selects, how it is sorted, and whether everybody has it; or the words of a saved
/// search. Says how many conversations are in it now. Deletes itself when closed; what is saved is saved() by the one
/// who asked, and until done() the dialog stays, so that a refusal can be mended.
class ViewDialog final : public QDialog
{
    Q_OBJECT

public:
    ViewDialog(Desk &desk, const Roster &roster, const ViewRecord &view, QWidget *parent);

    /// What became of the saving. @param problem why it was refused; empty = it is done, and the dialog closes
    void finish(const QString &problem);

Q_SIGNALS:
    /// @param isShared everybody is to have it
    void saved(const Earshot::ViewContent &view, bool isShared);

private:
    void buildFilter(QBoxLayout &column);
    void addNetworks(QFormLayout &form);
    void addLists(QBoxLayout &column);
    [[nodiscard]] QCheckBox *addCheck(const QString &text, const QString &name);
    void fill();
    [[nodiscard]] ViewContent content() const;
    void onEdited();
    void countNow();
    [[nodiscard]] QListWidget *addList(QBoxLayout &row, const QString &title, const char *name);

    Desk &m_desk;
    const Roster &m_roster;
    ViewRecord m_view;
    QLineEdit *m_name;
    QLineEdit *m_search;
    QCheckBox *m_shared;
    QList<QCheckBox *> m_statuses;
    QList<std::pair<Network, QCheckBox *>> m_networks;
    QComboBox *m_owner = nullptr;
    QComboBox *m_priority = nullptr;
    WaitingField *m_waits = nullptr;
    QCheckBox *m_needsAnswer = nullptr;
    QCheckBox *m_private = nullptr;
    QCheckBox *m_trouble = nullptr;
    QListWidget *m_channels = nullptr;
    QListWidget *m_tags = nullptr;
    QListWidget *m_withoutTags = nullptr;
    QComboBox *m_order = nullptr;
    QCheckBox *m_grouped = nullptr;
    PlainLabel *m_said;
    QPushButton *m_save = nullptr;
    QTimer m_countSoon;
    quint64 m_asked = 0;
};

} // namespace Earshot
