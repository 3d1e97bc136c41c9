package complaint

import (
	"context"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/unit"
	"zhengxin/internal/workflow"
)

// Intake reads a whole form, with what is wrong in the order of its steps and
// in sentences for whoever fills it in.
func (r *Register) Intake(ctx context.Context, f Form, through Channel) (Intake, []fault.Field, error) {
	in := Intake{Channel: through, Who: f.Who.Value(), Held: f.Evidence.Held}
	found := through.addressee().Check(in.Who)
	story, wrong, err := r.Story(ctx, f.Story, through)
	if err != nil {
		return Intake{}, nil, err
	}
	in.Story, found = story, append(found, wrong...)
	in.Contract, wrong = f.Contract.Value(r.Engine.Now())
	found = append(found, wrong...)
	in.Contact = f.Contact.Value(in.Who)
	found = append(found, in.Contact.Faults(in.Who)...)
	return in, append(found, f.Questions("", through)...), nil
}

// Story reads the second step: what the directory and the categories do not
// have is a fault, and so is a unit that is neither chosen nor named.
func (r *Register) Story(ctx context.Context, f StoryForm, through Channel) (Story, []fault.Field, error) {
	to := through.addressee()
	s, err := r.settled(ctx, f.value())
	if err != nil {
		return Story{}, nil, err
	}
	var found faults
	switch {
	case s.Unit == "" && s.UnitSaid != "":
		found.say("unit", "请从名单里选出单位；名单里没有，就选最后的“不在名单里”")
	case s.Unit == UnknownUnit && s.UnitSaid == "":
		found.say("unit_name", to.Says("请写{who}怎么叫这个单位，以后好核对"))
	case s.unit() != "":
		listed, err := r.Units.Complainable(ctx)
		if err != nil {
			return Story{}, nil, err
		}
		u, ok := listed.ByCode(s.Unit)
		f.Unit = s.Unit
		if words := form.Line(f.UnitName); f.counts() && words != u.Name {
			s.UnitSaid = words // taken at their word: what is chosen may say less
		}
		switch {
		case !ok:
			found.say("unit", "没有这个单位，请从列出的里面选")
		case f.beside(listed):
			found.ask("unit", "写的是“"+form.Line(f.UnitName)+"”，选的是“"+u.Name+"”。请在下面选投诉哪一个；选的没有错，请勾选下面那一句")
		}
	}
	if s.Category != "" {
		ok, err := r.Categories.Offers(ctx, s.Category)
		if err != nil {
			return Story{}, nil, err
		}
		if !ok {
			found.say("category", "没有这一类，请从列出的里面选")
		}
	}
	return s, to.Check(s, found...), nil
}

// Latest has the words of the search box choose the unit that goes by exactly them,
// where they are newer than the choice that stands: they were changed since, which
// before has, and looked up now, or the choice did not change with them. Words that
// came together with another choice are left for Story to ask about.
func (r *Register) Latest(ctx context.Context, f *StoryForm, before StoryForm, lookedUp bool) error {
	newer := form.Line(f.UnitName) != form.Line(before.UnitName) && (lookedUp || f.Unit == before.Unit)
	if f.Unit == UnknownUnit || f.Unit != "" && !newer {
		return nil
	}
	u, ok, err := r.Units.Called(ctx, f.UnitName)
	if err == nil && ok {
		f.Unit = u.Code
	}
	return err
}

// settled gives a complaint whose unit was written and not chosen the unit that
// goes by exactly these words. Left to be settled it would be read by the
// office's own registrars, the accused among them when it is the office that
// somebody wrote down.
func (r *Register) settled(ctx context.Context, s Story) (Story, error) {
	if s.unit() != "" || s.UnitSaid == "" {
		return s, nil
	}
	u, ok, err := r.Units.Called(ctx, s.UnitSaid)
	if err == nil && ok {
		s.Unit = u.Code
	}
	return s, err
}

// meant are the units that a story may be about while that is not settled, and
// whether it may be about the supervising office.
func (r *Register) meant(ctx context.Context, s Story) (units unit.List, office bool, err error) {
	if s.unit() != "" {
		return nil, false, nil
	}
	all, err := r.Units.All(ctx)
	units = all.Meant(s.UnitSaid)
	if all.MeansOffice(s.UnitSaid) && len(units.Supervising()) == 0 {
		units = append(units, all.Supervising()...) // kept from it also once another unit is settled
	}
	return units, all.MayMeanOffice(s.UnitSaid), err
}

// flags are the facts that a complaint comes with. One whose unit is not
// settled and whose words may mean the supervising office is not for that
// office to settle; words that mean nobody in the directory may.
func (in Intake) flags(office bool) []string {
	var flags []string
	if in.Story.unit() == "" {
		flags = append(flags, UnitUnsettled)
		if office {
			flags = append(flags, OfficeMeant)
		}
	}
	if in.Who.Anonymous == "yes" {
		flags = append(flags, Anonymous)
	}
	if in.Contact.EDelivery && in.Contact.Email != "" && in.Channel != Import {
		flags = append(flags, workflow.Reachable)
	}
	return flags
}
