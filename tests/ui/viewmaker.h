// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/windowworld.h"

#include <QListView>

namespace Earshot {

/// A person who makes views in the builder and looks at what is listed beside the inbox.
class ViewMaker final
{
public:
    explicit ViewMaker(WindowWorld &world)
        : m_world(world)
    {
    }
    /// A command by its id, once, as soon as it is enabled.
    void trigger(const char *id);
    /// Until the widget of this name is visible.
    [[nodiscard]] bool waitFor(const char *name) const;
    /// Opens the builder by its command and gives the view its name.
    void begin(const QString &name, bool isShared);
    void save();
    /// A view of what is open, as the builder proposes it.
    void make(const QString &name, bool isShared);
    [[nodiscard]] QListView *pane() const { return m_world.find<QListView>("views"); }
    /// The texts of the rows under a heading.
    [[nodiscard]] QStringList under(const QString &heading) const;
    /// What a screen reader says of the row with this text; empty = there is none.
    [[nodiscard]] QString accessibleRow(const QString &text) const;

private:
    WindowWorld &m_world;
};

} // namespace Earshot
