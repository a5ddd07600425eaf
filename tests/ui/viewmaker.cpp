// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/viewmaker.h"

#include "ui/inbox/viewpane.h"

#include <QCheckBox>
#include <QListView>
#include <QTest>

namespace Earshot {

void ViewMaker::trigger(const char *id)
{
    QVERIFY(QTest::qWaitFor([&] { return m_world.window().commands().trigger(QString::fromLatin1(id)); }, 30'000));
}

bool ViewMaker::waitFor(const char *name) const
{
    return QTest::qWaitFor([&] { return m_world.widget(name) && m_world.widget(name)->isVisible(); }, 30'000);
}

void ViewMaker::begin(const QString &name, bool isShared)
{
    trigger("view.new");
    QVERIFY(waitFor("viewDialog"));
    QTRY_VERIFY(m_world.widget("viewName")->hasFocus());
    m_world.type(name);
    m_world.find<QCheckBox>("viewShared")->setChecked(isShared);
}

void ViewMaker::save()
{
    QTRY_VERIFY(m_world.widget("viewSave")->isEnabled());
    QTest::mouseClick(m_world.widget("viewSave"), Qt::LeftButton);
    QTRY_VERIFY(!m_world.widget("viewDialog") || !m_world.widget("viewDialog")->isVisible());
}

void ViewMaker::make(const QString &name, bool isShared)
{
    begin(name, isShared);
    save();
    QTRY_COMPARE(m_world.textOf("viewTitle"), name);
}

QStringList ViewMaker::under(const QString &heading) const
{
    QStringList rows;
    const QAbstractItemModel *model = pane()->model();
    bool isThere = false;
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (index.data(int(ViewListModel::Role::isHeading)).toBool())
            isThere = index.data().toString() == heading;
        else if (isThere)
            rows.append(index.data().toString());
    }
    return rows;
}

QString ViewMaker::accessibleRow(const QString &text) const
{
    const QAbstractItemModel *model = pane()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 0).data().toString() == text)
            return model->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    return {};
}

} // namespace Earshot
